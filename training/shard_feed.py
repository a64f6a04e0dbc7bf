"""Reads shards of a folder in other processes, also those that are put there later."""

import threading
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from training.speech_dataset import Shard, load_if_complete


class ShardFeed:
    """Loads in the background from the start; `take` gives what has been loaded since.

    watch_s: how often the folder is looked through again, None for once only
    """

    def __init__(self, folder: Path, workers: int, watch_s: float | None = None):
        self._folder, self._watch_s = folder, watch_s
        # forked processes would inherit the GPU's context and its threads
        self._pool = ProcessPoolExecutor(workers, get_context("spawn"))
        self._changed, self._stopped = threading.Condition(), threading.Event()
        self._ready: list[Shard] = []
        self._loaded, self._fault, self._scanned = 0, None, False
        self._thread = threading.Thread(target=self._run, name="shards", daemon=True)
        self._thread.start()

    def take(self) -> list[Shard]:
        """Shards loaded since the last call, by name.

        Raises:
            Exception: what went wrong with a shard
        """
        with self._changed:
            if self._fault:
                raise self._fault
            shards, self._ready = sorted(self._ready, key=lambda s: s.name), []
        return shards

    def wait(self, least: int | None = None) -> list[Shard]:
        """As `take`, once as many are there; None waits for all that the folder holds now."""

        def enough() -> bool:
            some = least is not None and self._loaded >= least
            return bool(self._fault) or self._scanned or some

        with self._changed:
            self._changed.wait_for(enough)
        return self.take()

    def close(self) -> None:
        """Stops looking; shards being read are given up."""
        self._stopped.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self) -> None:
        known: set[str] = set()
        while not self._stopped.is_set():
            paths = [p for p in sorted(self._folder.glob("*.json")) if p.stem not in known]
            try:
                known |= self._load(paths)
            except Exception as fault:  # handed on by `take`
                with self._changed:
                    self._fault = fault
                    self._changed.notify_all()
                return
            with self._changed:
                self._scanned = True
                self._changed.notify_all()
            if self._watch_s is None or self._stopped.wait(self._watch_s):
                return

    def _load(self, paths: list[Path]) -> set[str]:
        """Names of those that were complete."""
        found = set()
        for future in as_completed([self._pool.submit(load_if_complete, p) for p in paths]):
            shard = future.result()
            if shard is None:
                continue
            found.add(shard.name)
            with self._changed:
                self._ready.append(shard)
                self._loaded += 1
                self._changed.notify_all()
        return found
