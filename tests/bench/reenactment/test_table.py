from bench.reenactment.table import markdown, table

ROWS = {"a": {"psnr_db": 25.631, "flicker_levels": 0.123}, "b": {"psnr_db": 20.0}}


def test_a_row_lacks_what_it_has_no_figure_for():
    assert markdown(ROWS).splitlines() == [
        "|  | a | b | goal |", "| --- | --- | --- | --- |", "| PSNR dB | 25.63 | 20.00 | 28 |",
        "| flicker | 0.12 | - |  |",
    ]  # fmt: skip


def test_regions_show_both_of_their_figures():
    figures = {"a": {"mouth_psnr_db": 22.04, "mouth_ssim": 0.812}}
    assert markdown(figures).splitlines()[2] == "| mouth | 22.0, 0.81 |  |"


def test_columns_of_the_terminals_table_stand_in_line():
    lines = table(ROWS).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["PSNR", "dB", "25.63", "20.00", "28"], ["flicker", "0.12", "-"],
    ]  # fmt: skip
    assert len({len(line) for line in lines}) == 1
