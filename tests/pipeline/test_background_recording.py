import errno

import numpy as np

from pipeline.background_recording import MOST_WAITING_FRAMES, BackgroundRecording
from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.recorder import Recorder
from pipeline.video_file import video_info

FRAME = np.full((720, 1280, 3), 90, np.uint8)
SOUND = np.zeros(SAMPLES_PER_FRAME, np.float32)


def recording(path):
    answers = []
    return BackgroundRecording(path, lambda *answer: answers.append(answer)), answers


def test_while_the_encoder_is_behind_pictures_are_left_out_and_the_sound_is_whole(tmp_path):
    made, answers = recording(tmp_path / "a.mp4")
    for _ in range(40):
        made.add_audio(SOUND)
        made.add_frame(FRAME)
    assert made.dropped_frames == 40 - MOST_WAITING_FRAMES
    made.finish()
    made.start()
    made.join(20)
    assert answers == [(tmp_path / "a.mp4", "")]
    info = video_info(tmp_path / "a.mp4")
    assert info.frame_count >= 39, "those before stand longer"
    assert info.audio_duration_s is not None
    assert abs(info.audio_duration_s - 40 / 30) < 0.04


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "taken").touch()
    made, answers = recording(tmp_path / "taken" / "a.mp4")
    made.start()
    made.join(20)
    assert len(answers) == 1
    assert "taken" in answers[0][1]


def test_a_full_disk_is_told_and_leaves_no_file(tmp_path, monkeypatch):
    def fail(self, frame):
        self._failure = OSError(errno.ENOSPC, "No space left on device")
        self._check()

    monkeypatch.setattr(Recorder, "write_video", fail)
    made, answers = recording(tmp_path / "a.mp4")
    made.start()
    made.add_audio(SOUND)
    made.add_frame(FRAME)
    made.join(20)
    made.add_frame(FRAME)
    assert "No space left" in answers[0][1]
    assert list(tmp_path.iterdir()) == []


def test_a_recording_without_a_picture_leaves_no_file(tmp_path):
    made, answers = recording(tmp_path / "a.mp4")
    made.start()
    made.finish()
    made.join(20)
    assert answers == [(tmp_path / "a.mp4", "")]
    assert list(tmp_path.iterdir()) == []
