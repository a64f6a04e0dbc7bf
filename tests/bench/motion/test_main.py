import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bench.motion.__main__ import main
from bench.motion.clips import Section
from bench.motion.coupling import coupling
from bench.motion.material import Material, Wanted, with_tail
from bench.motion.natural import naturalness
from bench.motion.player import Manner
from pipeline.sound_file import decode_audio

CLIP = Path(__file__).parents[2] / "data" / "go_forward.flac"


@pytest.fixture
def clips(tmp_path):
    for suffix in (".flac", ".json"):
        shutil.copy(CLIP.with_suffix(suffix), tmp_path)
    return tmp_path


def test_lips_of_a_real_voice_are_measured_as_json(clips, capsys):
    main(["lips", "--clips", str(clips), "--share", "", "--json"])
    found = json.loads(capsys.readouterr().out.splitlines()[-1])["lips"]
    assert found["clips"] == 1
    assert abs(found["lag_frames"]) < 1.5
    assert found["viseme_accuracy"] > 0.3
    assert found["silent_frames"] > 60


def test_a_motion_file_gives_the_figures_of_the_stages_that_made_it(clips, tmp_path, capsys):
    material = Material(Wanted(clips=clips, share=None))
    sound = with_tail(material.clips[0].samples)
    motions = tmp_path / "motions"
    motions.mkdir()
    player = material.player
    player.play(player.hear(sound), Manner()).save(motions / "go_forward.npz")
    arguments = ["lips", "--clips", str(clips), "--share", "", "--json"]
    main(arguments)
    main([*arguments, "--motions", str(motions)])
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == second


def test_a_folder_without_clips_is_named(tmp_path):
    with pytest.raises(ValueError, match="no aligned clip of the share 'final'"):
        main(["lips", "--clips", str(tmp_path), "--share", "final"])


@pytest.mark.slow
def test_two_short_sections_are_compared_with_the_teacher():
    sound = np.resize(decode_audio(CLIP), 10 * 24_000)
    material = Material(Wanted(section_s=len(sound) / 24_000))
    material.__dict__["sections"] = [Section("a", sound, None), Section("b", sound[::-1], None)]
    found = naturalness(material)
    assert found["distances"]["head_speed"]["teacher_mean"] > 0.0
    assert found["diversity"]["head"]["teacher"] > 0.0
    assert set(coupling(material)) == {"coherence", "strokes_on_nods", "strokes_on_accents"}
