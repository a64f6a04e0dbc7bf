"""The one place where models, styles and avatars become stages."""

from dataclasses import dataclass, replace

from pipeline.avatar import Avatar, load_avatar
from pipeline.body_motion import BodyMotion
from pipeline.composer import Composer
from pipeline.errors import ModelError
from pipeline.face_motion import FaceMotion
from pipeline.model_folder import MODELS
from pipeline.motion_field import MotionField
from pipeline.network import load_network
from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX
from pipeline.renderer import Renderer
from pipeline.rest_pose import resting_joint_rotation
from pipeline.scene import Scene, make_scene, scene_width_px
from pipeline.speech_features import SpeechFeatures
from pipeline.stages import Choices, MotionStages, PictureStages
from pipeline.style import load_style
from pipeline.template import Template, load_template


@dataclass(frozen=True, slots=True)
class StageOptions:
    """What stays the same during a run.

    device: "auto", "cpu" or "cuda"; tier: "auto", "full" or "lite"
    lookahead_frames: [0, 4]; seed: of everything random
    """

    device: str = "auto"
    tier: str = "auto"
    lookahead_frames: int = 1
    seed: int = 0
    width_px: int = CAMERA_WIDTH_PX
    height_px: int = CAMERA_HEIGHT_PX


class ModelAssembly:
    """Makes the stages from the models that ship, which are loaded once.

    fallback: why the CPU computes although there is a GPU, "" where that is not so
    Raises ModelError when a model is damaged or cannot be had on the device or in the tier.
    """

    def __init__(self, options: StageOptions) -> None:
        if options.tier == "full":
            raise ModelError("The full renderer is not part of this version; use the lite one.")
        self._options = options
        self.fallback = ""
        self._template_model = load_template()
        self._speech_network, self._face_network, self._body_network = (
            load_network(MODELS / name, options.device, self._note_fallback)
            for name in ("speech", "face_motion", "body_motion")
        )
        # Motion and picture need the same one, and a slider makes the motion anew.
        self._avatar: tuple[str, Avatar] | None = None
        # A background, a zoom or a label leaves the person as it is.
        self._person: tuple[Avatar, Template, MotionField, Renderer] | None = None
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
        made = ModelAssembly(options)
        made._avatar, made._scene = self._avatar, self._scene
        is_lite = self._person is not None and self._person[-1].tier == "lite"
        if is_lite and not self._keeps_person:
            made._person, made._keeps_person = self._person, True
        return made

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
        scene = self._scene_of(avatar, choices)
        template, motion_field, renderer = self._person_of(avatar)
        return PictureStages(
            template,
            motion_field,
            renderer if scene.behind is None else renderer.over(scene.behind),
            Composer(scene, choices.picture, options.width_px, options.height_px),
        )

    def _person_of(self, avatar: Avatar) -> tuple[Template, MotionField, Renderer]:
        if self._person is None or self._person[0] is not avatar:
            model = self._template_model
            rest = resting_joint_rotation(model.skeleton(avatar.identity))
            template = Template(model, avatar.identity, avatar.source, rest, avatar.correction)
            motion_field = MotionField(avatar, template)
            renderer = Renderer(avatar, template, motion_field)
            self._person = avatar, template, motion_field, renderer
        return self._person[1:]

    def _scene_of(self, avatar: Avatar, choices: Choices) -> Scene:
        wanted = choices.picture.background
        if self._scene is None or self._scene[0] is not avatar or self._scene[1] != wanted:
            width_px = scene_width_px(self._options.width_px, self._options.height_px)
            scene = make_scene(avatar.background, choices.picture, width_px)
            self._scene = avatar, wanted, scene
        return self._scene[2]
