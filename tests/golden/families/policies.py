"""What torchvision's policies choose from: what each change makes of a picture at some strengths, and the pairs of AutoAugment. Between pixels values are mixed: the nearest is
one of two where rounding decides, as of a rotation by 30 degrees."""
from torchvision.transforms import InterpolationMode, autoaugment

from families.transforms import picture
from record import Family

# The policy, how many strengths there are, and some of them.
SPACES = {
    "Cubuk": (autoaugment.RandAugment(), 31, (4, 17, 30)),
    "Wide": (autoaugment.TrivialAugmentWide(), 31, (4, 17, 30)),
    "AugMix": (autoaugment.AugMix(), 10, (2, 9)),
}


def generate():
    family = Family("policies")
    x = picture()
    family.add("picture/", {}, {"input0": x})
    for name, (policy, bins, some) in SPACES.items():
        sizes = [] if name == "Wide" else [tuple(x.shape[1:])]
        for change, (magnitudes, signed) in policy._augmentation_space(bins, *sizes).items():
            for i in some if magnitudes.ndim else some[:1]:
                # The strongest in both directions, the others in one.
                for sign in ((1, -1) if i == some[-1] else (1,)) if signed else (1,):
                    y = autoaugment._apply_op(x, change, sign * float(magnitudes[i]) if magnitudes.ndim else 0.0, InterpolationMode.BILINEAR, None)
                    family.add(f"{name}/{change} {i} {sign}", {"change": change, "bin": i, "bins": bins, "sign": sign}, {"output0": y})
    for policy in autoaugment.AutoAugmentPolicy:
        family.add(f"pairs/{policy.value}", {"pairs": [[list(c) for c in pair] for pair in autoaugment.AutoAugment(policy).policies]}, {})
    family.write()
