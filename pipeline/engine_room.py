"""The engine of a run: it follows what the user wants and is made anew where it fails."""

import logging

from pipeline.clock import Clock
from pipeline.comeback import Comeback
from pipeline.engine import Engine, make_engine
from pipeline.engine_builder import BackgroundBuilder, EngineBuilder, ImmediateBuilder
from pipeline.errors import UserError
from pipeline.free_memory import free_memory_soon
from pipeline.notices import Notices
from pipeline.recovery import Attempt, Recovery, Remedy
from pipeline.sentence import Sentence
from pipeline.stages import Assembly, Choices

log = logging.getLogger(__name__)

CHOICE = "choice"


class EngineRoom:
    """Belongs to the loop, which calls `follow` between two frames; `wanted` is set by others.

    in_real_time: engines are made on a thread, and a fault is mended instead of raised
    engine: the one to work with; is_down: it failed, and there is no other yet
    has_failed: what the run began with is of no use any more
    """

    def __init__(
        self,
        assembly: Assembly,
        choices: Choices,
        *,
        clock: Clock,
        notices: Notices,
        in_real_time: bool,
        builder: EngineBuilder | None = None,
    ) -> None:
        self.engine = make_engine(assembly, choices)
        self.wanted = self._refused = choices
        self.has_failed = False
        self._clock = clock
        self._notices = notices
        self._in_real_time = in_real_time
        self._recovery = Recovery(notices, clock)
        self._comeback = Comeback(clock)
        self._attempt: Attempt | None = None
        self._is_mending = self._resumes = self._comes_back = False
        self._builder = builder or (BackgroundBuilder() if in_real_time else ImmediateBuilder())

    @property
    def is_down(self) -> bool:
        return self._attempt is not None

    def warm_up(self) -> None:
        """Take the slow first calls; an engine that does not survive them gives way to a humbler
        one. Raises what that one raises."""
        try:
            self.engine.warm_up()
        except Exception as fault:  # of whatever library computes
            self.has_failed = True
            self._recovery.plan(fault, self.engine.title)
            self.engine = self.engine.renewed(humbler=True)
            self._recovery.succeed(self.engine.title)
            self._comeback.wait()

    def follow(self) -> bool:
        """Begin to make what is wanted and take over what was made; True where the engine has no
        past, since it is a new one or failed.

        Raises UserError for a choice that cannot be had, where not in real time.
        """
        resumes, self._resumes = self._resumes, False
        self._begin()
        made = self._builder.take()
        if self.is_down and not self._is_mending:
            return False  # it was made of what has failed since
        if isinstance(made, Engine):
            return self._take_over(made) or resumes
        if made is not None:
            self._refuse(made)
        return resumes

    def fail(self, fault: Exception) -> None:
        """A stage raised `fault`. Raises it where not in real time."""
        if not self._in_real_time or isinstance(fault, UserError):
            raise fault
        attempt = self._recovery.plan(fault, self.engine.title)
        if attempt.remedy is Remedy.RESUME:
            self._resumes = True
            return
        self.has_failed = True
        self._is_mending = self._comes_back = False
        self._comeback.note_fault()
        self._attempt = attempt

    def _begin(self) -> None:
        engine, wanted, attempt = self.engine, self.wanted, self._attempt
        if self._builder.is_busy:
            return
        if attempt is not None:
            if self._clock.now_s() >= attempt.not_before_s:
                self._is_mending = True
                humbler = attempt.remedy is Remedy.HUMBLE
                self._builder.begin(lambda: engine.renewed(humbler=humbler))
        elif wanted not in (engine.choices, self._refused):
            self._builder.begin(lambda: engine.following(wanted))
        elif engine.assembly.is_humbler and self._comeback.is_due:
            self._comes_back = True
            self._builder.begin(engine.restored)

    def _take_over(self, engine: Engine) -> bool:
        self.engine, self._refused = engine, engine.choices
        self._notices.tell(CHOICE, "")
        was_down, self._attempt = self.is_down, None
        log.info("shown now: %s", engine.choices)
        if self._in_real_time:
            free_memory_soon()
        comes_back, self._comes_back = self._comes_back, False
        if was_down or comes_back:
            self._recovery.succeed(engine.title)
        if comes_back:
            self._comeback.succeed()
        elif was_down:
            self._comeback.wait()
        return was_down

    def _refuse(self, fault: Exception) -> None:
        """No engine could be made: try again, or go on as before."""
        if self._comes_back:
            log.info("what was asked for cannot be had yet", exc_info=fault)
            self._comes_back = False
            self._comeback.fail()
            return
        if self._attempt is not None:
            self._attempt = self._recovery.plan(fault, self.engine.title)
            return
        if not self._in_real_time:
            raise fault
        self._refused = self.wanted
        log.info("a choice is refused", exc_info=fault)
        is_known = isinstance(fault, UserError)
        reason = fault.sentence if is_known else Sentence("That choice cannot be had.")
        self._notices.tell(CHOICE, Sentence("{reason} The avatar stays as it is.", reason=reason))
