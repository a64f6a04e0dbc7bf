"""What is heard in a clip: who speaks when, and which visemes."""

from pathlib import Path

import numpy as np

from pipeline.errors import MediaError
from pipeline.model_folder import MODELS
from pipeline.motion_signal import merged, runs
from pipeline.network import load_network
from pipeline.phrasing import LISTENING_S, Phrase, follow_phrase
from pipeline.rates import FPS, SAMPLES_PER_FRAME
from pipeline.sound_file import decode_audio
from pipeline.speech_features import SpeechFeatures
from pipeline.stream_types import AudioChunk, State
from pipeline.video_file import video_info

# Without sound: a jaw that moves this much within a second speaks.
_MOVING_JAW, _JAW_WINDOW_S, _JAW_PAUSE_S = 0.035, 1.0, 0.6


def heard_in(path: Path, frame_count: int) -> tuple[np.ndarray, np.ndarray] | None:
    """(N,) uint8 State and (N, 15) float32 visemes of the frames; None where the clip is silent."""
    if not video_info(path).audio_codec:
        return None
    try:
        samples = decode_audio(path)
    except MediaError:
        return None
    chunks = np.zeros((frame_count, SAMPLES_PER_FRAME), np.float32)
    kept = samples[: chunks.size]
    chunks.ravel()[: len(kept)] = kept
    stage, phrase = SpeechFeatures(load_network(MODELS / "speech", "cpu")), Phrase()
    speech_state = stage.init_state()
    states, visemes = np.zeros(frame_count, np.uint8), np.zeros((frame_count, 15), np.float32)
    for index, chunk in enumerate(chunks):
        start = index * SAMPLES_PER_FRAME
        speech, speech_state = stage.step(AudioChunk(chunk, start, 0.0), speech_state)
        phrase = follow_phrase(speech, phrase)
        states[index], visemes[index] = phrase.state, speech.viseme
    if not (states == State.SPEAKING).any():
        return None
    return states, visemes


def seen_to_speak(jaw: np.ndarray) -> np.ndarray:
    """(N,) uint8 State from the opening of the jaw (N,), for clips without sound."""
    window = round(_JAW_WINDOW_S * FPS)
    padded = np.pad(np.asarray(jaw, np.float64), (window // 2, window - 1 - window // 2), "edge")
    around = np.lib.stride_tricks.sliding_window_view(padded, window)
    speaking = around.std(axis=1) > _MOVING_JAW
    states = np.full(len(jaw), State.IDLE, np.uint8)
    for start, stop in merged(runs(speaking), _JAW_PAUSE_S):
        end = stop + round(LISTENING_S * FPS)
        states[stop:end] = State.LISTENING
        states[start:stop] = State.SPEAKING
    return states
