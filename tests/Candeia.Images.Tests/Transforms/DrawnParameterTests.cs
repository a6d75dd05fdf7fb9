using System.Text.Json;

namespace Candeia.Images.Tests;

/// <summary>
/// Random transforms draw their parameters from the distributions that torchvision draws from: quantiles of many draws, in tests/golden/draws.json. What was drawn is
/// read off what happens to places and colours.
/// </summary>
public class DrawnParameterTests
{
    const int Height = 40, Width = 50, Draws = 4000, Parts = 20;
    const double Off = 0.03;                                                  // nearly four standard deviations of a share of so many draws
    static readonly JsonElement s_golden = Golden.Json("draws");

    static void Same(string transform, Func<Generator, (string Name, double Value)[]> draw)
    {
        var generator = new Generator(5);
        var drawn = Enumerable.Range(0, Draws).SelectMany(_ => draw(generator)).ToLookup(d => d.Name, d => d.Value);
        var expected = s_golden.GetProperty(transform);
        Assert.Equal(expected.EnumerateObject().Select(p => p.Name).Order(), drawn.Select(g => g.Key).Order());
        foreach (var parameter in expected.EnumerateObject())
        {
            double[] values = [.. drawn[parameter.Name]];
            foreach (var (i, quantile) in parameter.Value.EnumerateArray().Select(q => q.GetDouble()).Index())
            {
                double share = (i + 1.0) / Parts, below = values.Count(v => v < quantile - 1e-3) / (double)values.Length, upTo = values.Count(v => v <= quantile + 1e-3) / (double)values.Length;
                Assert.True(below <= share + Off && upTo >= share - Off, $"{transform}, {parameter.Name}: {share:P0} lie below {quantile} there, and here {below:P1} to {upTo:P1}");
            }
        }
    }

    /// <summary>Where places of the picture go.</summary>
    static double[] Moved(Transform transform, Generator generator, params double[] places) =>
        transform.Apply(new Annotated(Tensor.Zeros([1, Height, Width]), KeyPoints: new KeyPoints(Tensor.From(places, [places.Length / 2, 2]))), generator).KeyPoints!.Values.ToArray<double>();

    [Fact]
    public void Affine_maps() => Same("RandomAffine", g =>
    {
        var m = Moved(new RandomAffine(30, (0.1, 0.2), (0.8, 1.5), 10), g, 0, 0, 1, 0, 0, 1, Width / 2.0, Height / 2.0);
        double ax = m[2] - m[0], ay = m[3] - m[1], bx = m[4] - m[0], by = m[5] - m[1], scale = Math.Sqrt(ax * ax + ay * ay);
        return [("angle", Math.Atan2(ay, ax) * 180 / Math.PI), ("scale", scale), ("shear", Math.Atan(-(ax * bx + ay * by) / (scale * scale)) * 180 / Math.PI),
            ("right", Math.Round(m[6] - Width / 2.0, 6)), ("down", Math.Round(m[7] - Height / 2.0, 6))];
    });

    [Fact]
    public void Rotations() => Same("RandomRotation", g => Moved(new RandomRotation(40), g, 0, 0, 1, 0) is var m ? [("angle", Math.Atan2(m[3] - m[1], m[2] - m[0]) * 180 / Math.PI)] : []);

    [Fact]
    public void Rotations_from_one_angle_to_another() =>
        Same("RandomRotation range", g => Moved(new RandomRotation((10, 70)), g, 0, 0, 1, 0) is var m ? [("angle", -Math.Atan2(m[3] - m[1], m[2] - m[0]) * 180 / Math.PI)] : []);

    [Fact]
    public void Shears_of_both_directions() => Same("RandomAffine shears", g =>
    {
        var m = Moved(new RandomAffine(0, ShearX: (-10, 20), ShearY: (5, 25)), g, 0, 0, 1, 0, 0, 1);
        return [("shear", Math.Atan(m[0] - m[4]) * 180 / Math.PI), ("shear down", Math.Atan(m[1] - m[3]) * 180 / Math.PI)];
    });

    [Fact]
    public void Perspectives() => Same("RandomPerspective", g =>
    {
        var m = Moved(new RandomPerspective(0.5, 1), g, 0, 0, Width - 1, 0, Width - 1, Height - 1, 0, Height - 1);
        return [.. new[] { "top left", "top right", "bottom right", "bottom left" }.SelectMany((corner, i) => new[] { ($"{corner} x", Math.Round(m[2 * i], 3)), ($"{corner} y", Math.Round(m[2 * i + 1], 3)) })];
    });

    [Fact]
    public void Crops() => Same("RandomCrop", g => Moved(new RandomCrop((30, 20)), g, 0, 0) is var m ? [("left", -m[0]), ("top", -m[1])] : []);

    [Fact]
    public void Windows_that_are_resized() => Same("RandomResizedCrop", g =>
    {
        var window = new RandomResizedCrop(10).Draw(Height, Width, g);
        return [("top", window.Top), ("left", window.Left), ("height", window.Height), ("width", window.Width)];
    });

    [Fact]
    public void Windows_that_are_erased() => Same("RandomErasing", g =>
    {
        float[] kept = new RandomErasing(1).Apply(Tensor.Ones([1, Height, Width]), g).ToArray<float>();
        int[] gone = [.. Enumerable.Range(0, kept.Length).Where(i => kept[i] == 0)];
        int top = gone[0] / Width, left = gone[0] % Width;
        return [("top", top), ("left", left), ("height", gone[^1] / Width - top + 1), ("width", gone[^1] % Width - left + 1)];
    });

    [Fact]
    public void Colours() => Same("ColorJitter", g => Jittered(0.4, 0.3, 0.5, 0.2, g));

    [Fact]
    public void Colours_from_one_factor_to_another() => Same("ColorJitter ranges", g => Jittered((0.5, 1.2), (0.2, 1), (1, 1.5), (-0.05, 0.15), g));

    static (string, double)[] Jittered(Spread byBrightness, Spread byContrast, Spread bySaturation, Spread byHue, Generator g)
    {
        double brightness = new ColorJitter(Brightness: byBrightness).Apply(Tensor.Full([3, 1, 2], 0.25), g).ToArray<float>()[0] / 0.25;
        float[] dark = new ColorJitter(Contrast: byContrast).Apply(Tensor.From([0.4f, 0.6f, 0.4f, 0.6f, 0.4f, 0.6f], [3, 1, 2]), g).ToArray<float>();
        float[] gray = new ColorJitter(Saturation: bySaturation).Apply(Tensor.From([0.6f, 0.4f, 0.4f], [3, 1, 1]), g).ToArray<float>();
        float[] turned = new ColorJitter(Hue: byHue).Apply(Tensor.From([0.75f, 0.25f, 0.25f], [3, 1, 1]), g).ToArray<float>();
        // Red turns to yellow or to violet, as far as the other two are apart, and beyond: a sixth of a turn is all of it.
        double least = turned.Min(), most = turned.Max(), second = (turned.Sum() - least - most - least) / (most - least);
        int high = Array.IndexOf(turned, (float)most), low = Array.IndexOf(turned, (float)least);
        double turn = (high, low) switch { (0, 2) => second, (1, 2) => 2 - second, (0, 1) => -second, (2, 1) => second - 2, _ => 9 };
        return [("brightness", brightness), ("contrast", (dark[1] - dark[0]) / 0.2), ("saturation", (gray[0] - gray[1]) / 0.2), ("hue", turn / 6)];
    }

    [Fact]
    public void Blurs() => Same("GaussianBlur", g =>
    {
        var dot = Tensor.Zeros([1, 9, 9]);
        dot[0, 4, 4] = 1;
        float[] spread = new GaussianBlur(5).Apply(dot, g).ToArray<float>();
        double ratio = spread[4 * 9 + 5] / (double)spread[4 * 9 + 4];
        return [("sigma", ratio < 1e-30 ? 0.1 : Math.Sqrt(-1 / (2 * Math.Log(ratio))))];
    });

    [Fact]
    public void Bends()
    {
        // Each pixel says where it comes from.
        Tensor along = Tensor.Arange(Height).To(DType.Float32).Expand([Height, Height]) / Height, picture = Tensor.Stack([along, along.T()]);
        Same("ElasticTransform", g => new ElasticTransform(40, 3, AlphaDown: 20, SigmaDown: 2).Apply(picture, g)[.., Height / 2, Height / 2].ToArray<double>() is var from
            ? [("right", from[0] * Height - Height / 2), ("down", from[1] * Height - Height / 2)] : []);
    }
}
