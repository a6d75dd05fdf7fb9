using System.Globalization;

namespace Candeia.Images.Tests;

/// <summary>Transforms against torchvision 0.14: bytes within one level, numbers within 1e-5.</summary>
public class GoldenTransformTests
{
    /// <summary>Ours, by the names of tests/golden/families/transforms.py.</summary>
    static readonly Dictionary<string, Transform> s_transforms = new()
    {
        ["resize/8x9"] = new Resize((8, 9)),
        ["resize/8x9 cubic"] = new Resize((8, 9), Interpolation.Cubic),
        ["resize/8x9 plain"] = new Resize((8, 9), antialias: false),
        ["resize/8x9 nearest"] = new Resize((8, 9), Interpolation.Nearest),
        ["resize/20x30"] = new Resize((20, 30)),
        ["resize/20x30 cubic"] = new Resize((20, 30), Interpolation.Cubic),
        ["resize/shorter 7"] = new Resize(7),
        ["resize/shorter 12 longest 15"] = new Resize(12, longest: 15),
        ["center_crop/6x8"] = new CenterCrop((6, 8)),
        ["center_crop/7x7"] = new CenterCrop(7),
        ["center_crop/18x12"] = new CenterCrop((18, 12)),
        ["pad/constant"] = new Pad(1, 2, 3, 4),
        ["pad/edge"] = new Pad(1, 2, 3, 4, Mode: BorderMode.Edge),
        ["pad/reflect"] = new Pad(1, 2, 3, 4, Mode: BorderMode.Reflect),
        ["pad/symmetric"] = new Pad(1, 2, 3, 4, Mode: BorderMode.Symmetric),
        ["rotate/33"] = new Rotate(33),
        ["rotate/30 linear"] = new Rotate(30, Linear: true),
        ["rotate/-70 expand"] = new Rotate(-70, Linear: true, Expand: true),
        ["rotate/90 expand"] = new Rotate(90, Expand: true),
        ["rotate/20 center"] = new Rotate(20, Linear: true, Center: (3, 4)),
        ["affine/all"] = new Affine(15, 2, -1, 1.3, 10, -5, Linear: true),
        ["affine/shear"] = new Affine(ShearX: 12, Center: (0, 0)),
        ["perspective/linear"] = new Perspective([(0, 0), (16, 0), (16, 12), (0, 12)], [(2, 1), (15, 0), (13, 11), (1, 9)]),
        ["pad/channels"] = new Pad(1, 2, 3, 4, [0.2, 0.4, 1]),
        ["rotate/30 channels"] = new Rotate(30, Linear: true, Fill: [0.2, 0.4, 1]),
        ["rotate/33 channels"] = new Rotate(33, Expand: true, Fill: [0.2, 0.4, 1]),
        ["affine/channels"] = new Affine(15, 2, -1, 1.3, 10, -5, Linear: true, Fill: [0.2, 0.4, 1]),
        ["affine/center"] = new Affine(15, 2, -1, 1.3, 10, -5, Linear: true, Center: (3, 4)),
        ["perspective/channels"] = new Perspective([(0, 0), (16, 0), (16, 12), (0, 12)], [(2, 1), (15, 0), (13, 11), (1, 9)], Fill: [0.2, 0.4, 1]),
        ["resize/longest 9"] = Resize.LongestTo(9),
        ["brightness/0.6"] = new AdjustBrightness(0.6),
        ["brightness/1.7"] = new AdjustBrightness(1.7),
        ["contrast/0.4"] = new AdjustContrast(0.4),
        ["contrast/1.8"] = new AdjustContrast(1.8),
        ["saturation/0.3"] = new AdjustSaturation(0.3),
        ["saturation/2.2"] = new AdjustSaturation(2.2),
        ["hue/0.3"] = new AdjustHue(0.3),
        ["hue/-0.12"] = new AdjustHue(-0.12),
        ["gamma/0.7"] = new AdjustGamma(0.7, 0.9),
        ["grayscale/1"] = new Grayscale(),
        ["grayscale/3"] = new Grayscale(3),
        ["blur/3x7"] = new GaussianBlur((3, 7), 1.3, 1.3),
        ["blur/5"] = new GaussianBlur(5, 1.3, 1.3),
        ["invert/"] = new Invert(),
        ["solarize/"] = new Solarize(),
        ["sharpness/0.2"] = new AdjustSharpness(0.2),
        ["sharpness/1.9"] = new AdjustSharpness(1.9),
        ["autocontrast/"] = new AutoContrast(),
        ["normalize/"] = new ToDtype(DType.Float32).Then(Normalize.ImageNet),
        ["convert/bytes"] = new ToDtype(DType.UInt8),
        ["posterize/3"] = new Posterize(3),
        ["equalize/"] = new Equalize(),
        ["equalize/large"] = new Equalize(),
    };

    static readonly Tensor s_picture = Golden.Open("transforms")["picture/"]["input0"].Tensor;

    public static TheoryData<string> Cases => [.. Golden.Open("transforms").Cases.Select(c => c.Name).Where(n => n != "picture/")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_what_torchvision_makes(string name)
    {
        var golden = Golden.Open("transforms")[name];
        int space = name.LastIndexOf(' ');
        bool bytes = name[(space + 1)..] == "uint8";
        var given = golden.Find("input0")?.Tensor ?? (bytes ? s_picture : s_picture.To(DType.Float32) / 255);
        Tensor expected = golden.Output.Tensor, ours = s_transforms[name[..space]].Apply(given);
        Assert.Equal(expected.DType, ours.DType);
        Assert.Equal(expected.Shape, ours.Shape);
        double apart = (ours.To(DType.Float64) - expected.To(DType.Float64)).Abs().Amax().Item();
        Assert.True(apart <= (ours.DType == DType.UInt8 ? 1 : 1e-5), string.Create(CultureInfo.InvariantCulture, $"{name} is {apart} apart"));
    }

    [Fact]
    public void Every_one_of_ours_is_compared() =>
        Assert.Equal(s_transforms.Keys.Order(), Golden.Open("transforms").Cases.Select(c => c.Name).Where(n => n != "picture/").Select(n => n[..n.LastIndexOf(' ')]).Distinct().Order());

    [Fact]
    public void Several_pictures_are_changed_as_each_alone()
    {
        var two = Tensor.Stack([s_picture, s_picture.Flip(2)]);
        foreach (var (name, transform) in s_transforms.Where(t => t.Key != "equalize/large"))
            Assert.True(transform.Apply(two)[1].Equal(transform.Apply(two[1])), name);
    }

    [Fact]
    public void The_order_in_memory_changes_nothing()
    {
        var turned = s_picture.Permute(1, 2, 0).Contiguous().Permute(2, 0, 1);
        foreach (var (name, transform) in s_transforms) Assert.True(transform.Apply(turned).Equal(transform.Apply(s_picture)), name);
    }
}
