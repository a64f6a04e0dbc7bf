from pipeline.notices import Notices


def test_a_topic_has_one_sentence_until_all_is_well_again(caplog):
    seen = []
    notices = Notices(seen.append)
    with caplog.at_level("INFO"):
        notices.tell("microphone", "It is gone.")
        notices.tell("camera", "So is this.")
        notices.tell("microphone", "It is still gone.")
        notices.tell("microphone", "It is still gone.")
        notices.tell("camera", "")
        notices.tell("camera", "")
    assert notices.sentences() == ("It is still gone.",)
    assert seen == [
        ("It is gone.",),
        ("It is gone.", "So is this."),
        ("So is this.", "It is still gone."),
        ("It is still gone.",),
    ]
    assert [record.getMessage() for record in caplog.records] == [
        "microphone: It is gone.",
        "camera: So is this.",
        "microphone: It is still gone.",
        "camera: all is well again",
    ]
