"""The commands that only tell what there is."""


def test_styles_are_listed_with_the_default_first(command):
    outcome = command("style", "list", "--json")
    assert outcome.answer["styles"][0]["name"] == "natural"
    assert "calm" in outcome.out


def test_avatars_are_listed_by_the_names_that_can_be_given(command):
    names = [avatar["name"] for avatar in command("avatar", "list", "--json").answer["avatars"]]
    assert names
    assert all(name in command("avatar", "list").out for name in names)


def test_devices_answers_on_any_machine(command):
    outcome = command("devices", "--json")
    assert outcome.code == 0
    assert set(outcome.answer) == {"microphones", "cameras", "problems"}
    assert "Microphones:" in outcome.out
