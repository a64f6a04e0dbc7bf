import numpy as np
import pytest

from app.microphone_scan import MicrophoneEntry
from app.session import SessionState
from app.settings import Settings, load_settings, save_settings
from pipeline.errors import AvatarError, CameraError, MicrophoneError
from tests.fakes import portrait


def wait_for(qtbot, session, state):
    qtbot.waitUntil(lambda: session.state is state, timeout=3000)


@pytest.fixture
def running(qtbot, session):
    session.start()
    wait_for(qtbot, session, SessionState.RUNNING)
    return session


def test_the_first_avatar_is_chosen_and_drawn_before_start(session, fake):
    assert session.state is SessionState.STOPPED
    assert session.settings.avatar == "ada"
    assert np.array_equal(session.still, portrait(seed=len("ada")))
    assert session.latest_frame() is None


def test_what_the_first_run_needs_is_loaded_before_start(qtbot, session, fake):
    qtbot.waitUntil(lambda: len(fake.prepared) == 1)
    assert fake.prepared[0].avatar == "ada"
    assert fake.chains == []


def test_start_and_stop_pass_through_every_state(qtbot, session, fake):
    seen = []
    session.state_changed.connect(seen.append)
    session.start()
    wait_for(qtbot, session, SessionState.RUNNING)
    assert session.latest_frame() is not None
    session.stop()
    wait_for(qtbot, session, SessionState.STOPPED)
    assert seen == [
        SessionState.STARTING, SessionState.RUNNING, SessionState.STOPPING, SessionState.STOPPED,
    ]  # fmt: skip
    assert fake.chain.ended.is_set()
    assert session.latest_frame() is None


def test_stop_while_the_chain_is_built_runs_nothing(qtbot, session, fake):
    fake.gate.clear()
    session.start()
    fake.building.wait(3)
    session.stop()
    assert session.state is SessionState.STOPPING
    fake.gate.set()
    wait_for(qtbot, session, SessionState.STOPPED)
    assert fake.chain.told == [], "it was never run"


def test_stop_before_the_worker_took_the_request_withdraws_it(qtbot, closed_session, fake):
    closed_session.start()
    closed_session.stop()
    assert closed_session.state is SessionState.STOPPED
    closed_session.open()
    qtbot.wait(100)
    assert fake.chains == []


def test_stop_without_a_run_changes_nothing(session):
    session.stop()
    assert session.state is SessionState.STOPPED


def test_mute_keeps_the_chain_alive_and_tells_it(qtbot, running, fake):
    running.set_muted(True)
    assert running.state is SessionState.MUTED
    assert fake.chain.told[-1] == ("muted", True)
    assert running.level().peak_db == -100
    assert running.latest_frame() is not None
    running.set_muted(False)
    assert running.state is SessionState.RUNNING
    assert running.level().peak_db == -6


def test_mute_before_start_holds_from_the_first_sample(qtbot, session, fake):
    session.set_muted(True)
    session.start()
    wait_for(qtbot, session, SessionState.MUTED)
    assert fake.chain.told[0] == ("muted", True)


def test_choices_reach_the_running_chain(running, fake):
    running.set_avatar("grace")
    running.set_style("calm")
    running.change(head=0.5)
    assert fake.chain.told[-3:] == [
        ("avatar", "grace"), ("style", "calm"), ("motion", 1.0, 0.5, 1.0),
    ]  # fmt: skip
    assert len(fake.chains) == 1


def test_the_picture_changes_without_a_new_chain(running, fake):
    running.change(background="blur", zoom=1.5, label=False)
    what, settings = fake.chain.told[-1]
    assert what == "picture"
    assert (settings.background, settings.zoom, settings.label) == ("blur", 1.5, False)
    assert len(fake.chains) == 1


def test_choices_made_while_starting_reach_the_chain(qtbot, session, fake):
    fake.gate.clear()
    session.start()
    session.set_avatar("grace")
    session.set_muted(True)
    fake.gate.set()
    wait_for(qtbot, session, SessionState.MUTED)
    assert ("avatar", "grace") in fake.chain.told
    assert fake.chain.told[-2:] == [("muted", True), ("avatar", "grace")]


def test_another_microphone_starts_a_new_chain(qtbot, running, fake):
    first = fake.chain
    running.set_microphone("Headset", "ALSA")
    wait_for(qtbot, running, SessionState.RUNNING)
    assert first.ended.is_set()
    assert fake.chain is not first
    assert fake.chain.settings.microphone == "Headset"
    assert len(fake.cameras) == 1, "the camera stays open"


def test_a_user_error_becomes_the_sentence(qtbot, session, fake):
    fake.build_fault = MicrophoneError("There is no microphone.")
    session.start()
    wait_for(qtbot, session, SessionState.ERROR)
    assert session.message == "There is no microphone."
    fake.build_fault = None
    session.start()
    assert session.message == ""
    wait_for(qtbot, session, SessionState.RUNNING)


def test_what_is_amiss_in_a_run_is_said_until_it_is_over(qtbot, running, fake):
    fake.chain.amiss = "Waiting for the microphone."
    qtbot.waitUntil(lambda: running.message == "Waiting for the microphone.")
    fake.chain.amiss = ""
    qtbot.waitUntil(lambda: running.message == "")
    assert running.state is SessionState.RUNNING


def test_what_was_said_and_closed_is_not_said_again(qtbot, running, fake):
    fake.chain.amiss = "Waiting for the microphone."
    qtbot.waitUntil(lambda: running.message != "")
    running.dismiss_message()
    with qtbot.waitSignals([running.readings_changed] * 2):
        pass
    assert running.message == ""


def test_a_fault_of_ours_names_the_log_and_leaves_a_traceback(qtbot, session, fake, caplog):
    fake.run_fault = ZeroDivisionError("division by zero")
    session.start()
    wait_for(qtbot, session, SessionState.RUNNING)
    with caplog.at_level("CRITICAL"):
        fake.chain.fail.set()
        wait_for(qtbot, session, SessionState.ERROR)
    assert session.message.startswith("A fault of ours")
    assert "chatanyone.log" in session.message


def test_an_avatar_that_fails_in_the_run_stops_with_its_sentence(qtbot, session, fake):
    fake.run_fault = AvatarError("The avatar ada is damaged.")
    session.start()
    wait_for(qtbot, session, SessionState.RUNNING)
    fake.chain.fail.set()
    wait_for(qtbot, session, SessionState.ERROR)
    assert session.message == "The avatar ada is damaged."


def test_without_a_camera_the_preview_runs_until_there_is_one(qtbot, closed_session, fake):
    fake.camera_fault = CameraError("There is no virtual camera: install one.")
    with qtbot.waitSignal(closed_session.camera_changed):
        closed_session.open()
    assert closed_session.camera.advice == "There is no virtual camera: install one."
    closed_session.start()
    wait_for(qtbot, closed_session, SessionState.RUNNING)
    assert closed_session.latest_frame() is not None
    fake.camera_fault = None
    closed_session.refresh_camera()
    qtbot.waitUntil(lambda: closed_session.camera.name == "Fake Camera")
    qtbot.waitUntil(lambda: fake.cameras[0].last_frame is fake.chain.latest_frame())
    assert len(fake.chains) == 1, "the run goes on"


def test_the_camera_shows_the_card_before_and_after_a_run(qtbot, session, fake):
    camera = fake.cameras[0]
    qtbot.waitUntil(lambda: camera.last_frame is fake.card)
    session.start()
    qtbot.waitUntil(lambda: camera.last_frame is not fake.card)
    session.stop()
    qtbot.waitUntil(lambda: camera.last_frame is fake.card)
    assert len(fake.cameras) == 1
    assert not camera.closed


def test_a_camera_that_goes_away_is_told_and_comes_back_in_the_run(qtbot, running, fake):
    fake.camera_fault = CameraError("The camera Fake Camera is not there.")
    fake.cameras[0].gone = True
    qtbot.waitUntil(lambda: running.camera.advice != "")
    assert fake.cameras[0].closed
    assert running.state is SessionState.RUNNING
    fake.camera_fault = None
    running.refresh_camera()
    qtbot.waitUntil(lambda: running.camera.name == "Fake Camera")
    qtbot.waitUntil(lambda: fake.cameras[1].last_frame is fake.chain.latest_frame())
    assert (len(fake.cameras), len(fake.chains)) == (2, 1)


def test_the_camera_can_be_switched_off_while_nothing_runs(qtbot, session, fake):
    with qtbot.waitSignal(session.camera_changed):
        session.change(camera="none")
    assert session.camera.name == ""
    assert fake.cameras[0].closed


def test_readings_come_at_most_four_times_a_second(qtbot, running):
    times = []
    running.readings_changed.connect(lambda _: times.append(1))
    qtbot.wait(600)
    assert 1 <= len(times) <= 3


def test_settings_survive_a_restart(qtbot, session, settings_file):
    session.set_avatar("joan b")
    session.set_style("calm")
    session.close()
    settings = load_settings(settings_file)
    assert (settings.avatar, settings.style) == ("joan b", "calm")


def test_settings_that_cannot_be_saved_cost_a_log_line(session, settings_file, caplog):
    settings_file.parent.write_text("a file where the folder should be")
    with caplog.at_level("INFO"):
        session.save()
    assert "not saved" in caplog.text


def test_a_vanished_avatar_and_style_give_way_to_the_first(
    qtbot, fake, make_session, settings_file
):
    save_settings(Settings(avatar="gone", style="gone"), settings_file)
    session = make_session(fake.backend())
    with qtbot.waitSignal(session.catalogue_changed):
        session.open()
    assert (session.settings.avatar, session.settings.style) == ("ada", "natural")


def test_microphones_are_found_and_found_again(qtbot, session):
    qtbot.waitUntil(lambda: len(session.microphones) == 2, timeout=5000)
    with qtbot.waitSignal(session.microphones_changed):
        session.refresh_microphones()
    assert session.microphones[0].name == "Built-in"


def test_devices_that_come_and_go_are_looked_at_again(qtbot, running, fake):
    qtbot.waitUntil(lambda: len(running.microphones) == 2, timeout=5000)
    with qtbot.waitSignal(running.microphones_changed, timeout=5000):
        running._hot_plug.changed.emit()
    assert ("devices", False) in fake.chain.told


def test_the_systems_new_default_is_followed_unless_another_was_chosen(qtbot, running, fake):
    qtbot.waitUntil(lambda: len(running.microphones) == 2, timeout=5000)
    headset = MicrophoneEntry("Headset", "ALSA", True)
    running._scan.finished.emit((headset,))
    assert fake.chain.told[-1] == ("devices", True)
    running.set_microphone("Headset", "ALSA")
    wait_for(qtbot, running, SessionState.RUNNING)
    running._scan.finished.emit((MicrophoneEntry("Built-in", "ALSA", True),))
    assert ("devices", True) not in fake.chain.told


def test_close_in_the_middle_of_a_run_ends_the_worker(qtbot, running, fake):
    assert running.close()
    assert fake.chain.ended.is_set()
    assert fake.cameras[0].closed


def test_push_to_talk_makes_the_avatar_hear_only_while_it_is_held(qtbot, session, fake):
    session.change(push_to_talk=True)
    with qtbot.waitSignal(session.state_changed, check_params_cb=lambda state: state.is_live):
        session.start()
    assert session.state is SessionState.MUTED
    session.set_talking(True)
    assert session.state is SessionState.RUNNING
    assert fake.chain.told[-1] == ("muted", False)
    session.set_muted(True)
    assert fake.chain.told[-1] == ("muted", True)
    session.set_muted(False)
    session.set_talking(False)
    assert session.state is SessionState.MUTED
    session.change(push_to_talk=False)
    assert session.state is SessionState.RUNNING


def test_the_loudness_of_the_voice_follows_at_once_and_its_output_starts_anew(qtbot, session, fake):
    with qtbot.waitSignal(session.state_changed, check_params_cb=lambda state: state.is_live):
        session.start()
    session.change(voice_gain=1.5)
    assert fake.chain.told[-1] == ("voice_gain", 1.5)
    with qtbot.waitSignal(session.state_changed, check_params_cb=lambda state: state.is_live):
        session.change(voice_out="auto")
    assert len(fake.chains) == 2
    assert fake.chain.settings.voice_out == "auto"
