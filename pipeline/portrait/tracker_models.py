"""The folder of tracker models; a network is checked and loaded when it is first asked for."""

import json
from pathlib import Path

import numpy as np

from pipeline.errors import ModelError
from pipeline.model_folder import MODELS, check_sums

FOLDER = MODELS / "trackers"


class TrackerModels:
    """The networks of a model folder by name, each made on first use, on the CPU.

    folder: config.json lists file names by model name
    threads: of each network
    """

    def __init__(self, folder: Path = FOLDER, threads: int = 2) -> None:
        self._folder, self._threads = folder, threads
        self._files = _files(folder)
        self._sessions: dict = {}

    def run(self, name: str, picture: np.ndarray) -> dict[str, np.ndarray]:
        """A network's outputs by name, without their batch axis.

        picture: (H, W, 3) float32 in the range the network wants

        Raises:
            ModelError: its file is missing or damaged
        """
        if name not in self._sessions:
            self._sessions[name] = self._session(name)
        session = self._sessions[name]
        names = [output.name for output in session.get_outputs()]
        values = session.run(names, {"picture": picture[None]})
        return {n: np.asarray(value)[0] for n, value in zip(names, values, strict=True)}

    def _session(self, name: str):
        import onnxruntime

        file = self._files[name]
        check_sums(self._folder, [file])
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(
            str(self._folder / file), options, providers=["CPUExecutionProvider"]
        )


def _files(folder: Path) -> dict[str, str]:
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except OSError as fault:
        raise ModelError(
            "There is no model in {path}; install the application again.", path=folder
        ) from fault
    except ValueError as fault:
        raise ModelError(
            "The config.json of the model {name} is damaged; install the application again.",
            name=folder.name,
        ) from fault
    check_sums(folder, ["config.json"])
    return config["models"]
