from bench.reenactment.table import table


def test_a_row_lacks_what_it_has_no_figure_for():
    lines = table({"a": {"psnr_db": 25.631, "jod": 7.0}, "b": {"psnr_db": 20.0}}).splitlines()
    assert lines == [
        "|  | PSNR dB | JOD |", "| --- | --- | --- |", "| a | 25.63 | 7.00 |", "| b | 20.00 | - |",
    ]  # fmt: skip


def test_regions_show_both_of_their_figures():
    lines = table({"a": {"mouth_psnr_db": 22.04, "mouth_ssim": 0.812}}).splitlines()
    assert lines[0] == "|  | mouth |"
    assert lines[2] == "| a | 22.0, 0.81 |"
