"""The one place where models, styles and avatars become stages."""

from dataclasses import dataclass, replace

from pipeline.avatar import Avatar, load_avatar
from pipeline.body_motion import BodyMotion
from pipeline.composer import Composer
from pipeline.face_motion import FaceMotion
from pipeline.full_renderer import FullRenderer
from pipeline.implicit_offset import ImplicitOffset
from pipeline.lite_renderer import LiteRenderer
from pipeline.model_folder import MODELS
from pipeline.motion_field import MotionField
from pipeline.network import Network, load_network
from pipeline.painters_choice import choose_painters
from pipeline.painters_engine import PaintersEngine
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX
from pipeline.renderer import Renderer
from pipeline.rest_pose import resting_joint_rotation
from pipeline.scene import Scene, make_scene, scene_width_px
from pipeline.speech_features import SpeechFeatures
from pipeline.stages import Choices, MotionStages, PictureStages
from pipeline.style import load_style
from pipeline.template import Template, TemplateModel, load_template


@dataclass(frozen=True, slots=True)
class StageOptions:
    """What stays the same during a run.

    device: "auto", "cpu" or "cuda"; tier: "auto", "full" or "lite", see painters_choice
    lookahead_frames: [0, 4]; seed: of everything random
    in_real_time: pictures are wanted as fast as sound comes
    lite_painter: the lite tier relights faces; without it, it is the explicit composite alone
    """

    device: str = "auto"
    tier: str = "auto"
    lookahead_frames: int = 1
    seed: int = 0
    width_px: int = CAMERA_WIDTH_PX
    height_px: int = CAMERA_HEIGHT_PX
    in_real_time: bool = False
    lite_painter: bool = True


OverRenderer = Renderer | LiteRenderer | FullRenderer


@dataclass(frozen=True, slots=True)
class _Person:
    """What is prepared of an avatar in our own memory."""

    avatar: Avatar
    template: Template
    motion_field: MotionField
    renderer: Renderer

    @classmethod
    def of(cls, avatar: Avatar, model: TemplateModel) -> "_Person":
        rest = resting_joint_rotation(model.skeleton(avatar.identity))
        template = Template(model, avatar.identity, avatar.source, rest, avatar.correction)
        motion_field = MotionField(avatar, template)
        return cls(avatar, template, motion_field, Renderer(avatar, template, motion_field))

    def relit(self, network: Network) -> LiteRenderer:
        return LiteRenderer(self.avatar, self.template, self.renderer, network)


class ModelAssembly:
    """Makes the stages from the models that ship, which are loaded once.

    is_humbler: it took the place of one that used a GPU
    fallback: what the user should know about the devices that compute, "" where that is nothing
    Raises ModelError when a model is damaged or cannot be had on the device or in the tier.
    """

    def __init__(self, options: StageOptions) -> None:
        self._options = self._asked = options
        self.is_humbler, self.fallback = False, ""
        self._template_model = load_template()
        self._speech_network, self._face_network, self._body_network = (
            load_network(MODELS / name, options.device, self._note_fallback)
            for name in ("speech", "face_motion", "body_motion")
        )
        self._painters = choose_painters(
            options.tier, options.device, options.in_real_time, self._note_fallback
        )
        # So small that a GPU would take longer to begin.
        self._implicit = None if self._painters is None else _shipped("implicit")
        self._lite = _shipped("lite_painter") if options.lite_painter else None
        # Motion and picture need the same one, and a slider makes the motion anew.
        self._avatar: tuple[str, Avatar] | None = None
        # A background, a zoom or a label leaves the person as it is.
        self._person: _Person | None = None
        self._painted: tuple[_Person, FullRenderer] | None = None
        self._scene: tuple[Avatar, str, Scene] | None = None
        # Taken over from the assembly before.
        self._keeps_person = False

    def _note_fallback(self, sentence: str) -> None:
        self.fallback = sentence

    def _avatar_of(self, choices: Choices) -> Avatar:
        if self._avatar is None or self._avatar[0] != choices.avatar:
            self._avatar = choices.avatar, load_avatar(choices.avatar or None)
        return self._avatar[1]

    def renewed(self, *, humbler: bool) -> "ModelAssembly":
        """The same with networks loaded anew: what a failed one left on a device is of no use.

        The avatar stays, since it lies in our own memory; what was prepared of it is prepared anew
        the second time, as that may be what fails.
        """
        options = self._options
        if humbler:
            options = replace(options, device="cpu", tier="lite")
        made = self._again(options)
        made.is_humbler = self.is_humbler or (humbler and self._uses_gpu)
        return made

    def restored(self) -> "ModelAssembly":
        """What was asked for at first, with everything loaded anew."""
        return self._again(self._asked)

    def _again(self, options: StageOptions) -> "ModelAssembly":
        made = ModelAssembly(options)
        made._asked, made._avatar, made._scene = self._asked, self._avatar, self._scene
        if self._person is not None and not self._keeps_person:
            made._person, made._keeps_person = self._person, True
        return made

    @property
    def _uses_gpu(self) -> bool:
        loaded = self._speech_network, self._face_network, self._body_network, self._painters
        return any("cuda" in each.provider.lower() for each in loaded if each is not None)

    def motion_stages(self, choices: Choices) -> MotionStages:
        """From sound to motion. Raises StyleError for an unknown style."""
        style = load_style(choices.style)
        speech_features = SpeechFeatures(self._speech_network)
        face_motion = FaceMotion(
            self._face_network,
            style,
            choices.settings,
            self._options.lookahead_frames,
            self._options.seed,
        )
        body_motion = BodyMotion(
            self._body_network,
            self._template_model.skeleton(self._avatar_of(choices).identity),
            style,
            choices.settings,
            self._options.seed,
            offset=None if self._implicit is None else ImplicitOffset(self._implicit),
        )
        stages = (speech_features, face_motion, body_motion)
        providers = dict.fromkeys(stage.provider for stage in stages)
        return MotionStages(
            *stages,
            provider=" + ".join(providers),
            latency_s=sum(stage.latency_s for stage in stages),
        )

    def picture_stages(self, choices: Choices) -> PictureStages:
        """From motion to picture.

        Raises AvatarError for an unknown avatar, MediaError for a background that is no picture.
        """
        options, avatar = self._options, self._avatar_of(choices)
        scene, person = self._scene_of(avatar, choices), self._person_of(avatar)
        renderers: list[OverRenderer] = [person.renderer]
        providers: list[str] = []
        # Painters learned what photographs look like; a drawing keeps its lines.
        if avatar.ink is None and self._lite is not None:
            renderers.insert(0, person.relit(self._lite))
            providers.insert(0, self._lite.provider)
        if avatar.ink is None and self._painters is not None:
            renderers.insert(0, self._painted_of(person, self._painters))
            providers.insert(0, self._painters.provider)
        if scene.behind is not None:
            renderers = [renderer.over(scene.behind) for renderer in renderers]
        return PictureStages(
            person.template,
            person.motion_field,
            renderers[0],
            Composer(scene, choices.picture, options.width_px, options.height_px),
            tuple(renderers[1:]),
            provider=next(iter(providers), ""),
        )

    def _person_of(self, avatar: Avatar) -> "_Person":
        if self._person is None or self._person.avatar is not avatar:
            self._person = _Person.of(avatar, self._template_model)
        return self._person

    def _painted_of(self, person: "_Person", painters: PaintersEngine) -> FullRenderer:
        if self._painted is None or self._painted[0] is not person:
            renderer = FullRenderer(person.avatar, person.template, person.renderer, painters)
            self._painted = person, renderer
        return self._painted[1]

    def _scene_of(self, avatar: Avatar, choices: Choices) -> Scene:
        wanted = choices.picture.background
        if self._scene is None or self._scene[0] is not avatar or self._scene[1] != wanted:
            width_px = scene_width_px(self._options.width_px, self._options.height_px)
            scene = make_scene(avatar.background, choices.picture, width_px)
            self._scene = avatar, wanted, scene
        return self._scene[2]


def _shipped(name: str) -> Network | None:
    """A small network on the CPU, where there is a model of it."""
    folder = MODELS / name
    return load_network(folder, "cpu") if (folder / "config.json").is_file() else None
