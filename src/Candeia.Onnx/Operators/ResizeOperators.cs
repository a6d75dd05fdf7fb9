using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Images and volumes of other sizes. Each dimension for itself: every new place is a weighted sum of old ones.</summary>
internal static class ResizeOperators
{
    public static Operator[] All { get; } =
    [
        One("Upsample", 7, a =>
        {
            Resampling how = new(a, nearest: "floor", places: "asymmetric");
            double[] scales = a.Floats("scales") ?? throw new OnnxException("attribute scales is missing");
            return x => Resize(x, how, scales, null, null);
        }),
        One("Upsample", 9, a =>
        {
            Resampling how = new(a, nearest: "floor", places: "asymmetric");
            return x => Resize(x, how, x.Fractions(1), null, null);
        }) with { Fixed = [1] },
        One("Resize", 10, a =>
        {
            Resampling how = new(a, nearest: "floor", places: "asymmetric");
            return x => Resize(x, how, x.Fractions(1), null, null);
        }) with { Fixed = [1] },
        One("Resize", 11, a =>
        {
            Resampling how = new(a, nearest: a.Text("nearest_mode", "round_prefer_floor"), places: a.Text("coordinate_transformation_mode", "half_pixel"));
            int[]? axes = a.Ints("axes");
            return x => Resize(x, how, x.Fractions(2), x.Integers(3) is { Length: > 0 } sizes ? sizes : null, x.Fractions(1), axes);
        }) with { Fixed = [1, 2] },
    ];

    static Tensor Resize(Call call, Resampling how, double[]? scales, int[]? sizes, double[]? region, int[]? axes = null)
    {
        var x = call[0];
        int[] dims = axes is null ? [.. Enumerable.Range(0, x.Rank)] : Positive(axes, x.Rank);
        if ((scales ?? (System.Collections.ICollection?)sizes)?.Count != dims.Length) throw new OnnxException($"scales or sizes are not for {dims.Length} dimensions");
        if (scales is null)
        {
            scales = [.. dims.Select((d, i) => (double)sizes![i] / x.Shape[d])];
            if (how.Aspect != "stretch")
            {
                double one = how.Aspect == "not_larger" ? scales.Min() : scales.Max();
                scales = [.. dims.Select(_ => one)];
                sizes = [.. dims.Select(d => (int)Math.Floor(one * x.Shape[d] + 0.5))];
            }
        }
        sizes ??= [.. dims.Select((d, i) => (int)Math.Floor(x.Shape[d] * scales[i]))];
        call.Grow(dims.Select((d, i) => (d, i)).Aggregate((Int128)x.Numel, (n, p) => n / Math.Max(1, x.Shape[p.d]) * sizes[p.i]));
        for (int i = 0; i < dims.Length; i++)
        {
            var range = region is null ? (0, 1) : (region[i], region[i + dims.Length]);
            x = how.Along(x, dims[i], scales[i], sizes[i], range);
        }
        return x;
    }
}

/// <summary>How values between places are found.</summary>
internal sealed class Resampling(Attributes a, string nearest, string places)
{
    readonly string _mode = a.Text("mode", "nearest") is "bilinear" or "trilinear" ? "linear" : a.Text("mode", "nearest");
    readonly double _a = a.Float("cubic_coeff_a", -0.75), _outside = a.Float("extrapolation_value", 0);
    readonly bool _excludes = a.Flag("exclude_outside"), _antialias = a.Flag("antialias");

    /// <summary>Whether all sizes change alike.</summary>
    public string Aspect { get; } = a.Text("keep_aspect_ratio_policy", "stretch");

    /// <summary>A tensor resized along one dimension.</summary>
    public Tensor Along(Tensor x, int dim, double scale, int output, (double From, double To) region)
    {
        int input = x.Shape[dim];
        if (output == input && scale == 1 && places != "tf_crop_and_resize") return x;
        List<(int Place, double Weight)>[] taps = new List<(int, double)>[output];
        bool[] outside = new bool[output];
        for (int i = 0; i < output; i++)
        {
            double at = Place(i, input, output, scale, region);
            outside[i] = places == "tf_crop_and_resize" && (at < 0 || at > input - 1);
            taps[i] = Taps(at, scale, input);
        }
        if (x.DType.IsFloatingPoint() && !Array.Exists(outside, o => o))
            return new ResampleOp(dim, Candeia.Taps.Of(input, output, (i, add) =>
            {
                foreach (var (place, weight) in taps[i]) add(place, weight);
            })).Apply(x);
        int count = taps.Max(t => t.Count);
        int[] row = [.. Enumerable.Range(0, x.Rank).Select(d => d == dim ? output : 1)];
        Tensor? y = null;
        for (int k = 0; k < count; k++)
        {
            var from = Tensor.From<long>([.. taps.Select(t => (long)(k < t.Count ? t[k].Place : 0))]).To(x.Device);
            var term = x.IndexSelect(dim, from);
            double[] weights = [.. taps.Select(t => k < t.Count ? t[k].Weight : 0)];
            if (Array.Exists(weights, w => w != 1)) term = term * Tensor.From(weights).Reshape(row).To(x.DType).To(x.Device);
            y = y is null ? term : y + term;
        }
        return Array.Exists(outside, o => o) ? Tensor.From(outside).Reshape(row).To(x.Device).Where(Tensor.Scalar(_outside, x.DType), y!) : y!;
    }

    /// <summary>Where a new place lies among the old ones.</summary>
    double Place(int i, int input, int output, double scale, (double From, double To) region)
    {
        double exact = scale * input;
        return places switch
        {
            "half_pixel" => (i + 0.5) / scale - 0.5,
            "half_pixel_symmetric" => input / 2.0 * (1 - output / exact) + (i + 0.5) / scale - 0.5,
            "pytorch_half_pixel" => exact == 1 ? -0.5 : (i + 0.5) / scale - 0.5,
            "align_corners" => exact == 1 ? 0 : i * (input - 1) / (exact - 1),
            "asymmetric" => i / scale,
            "tf_half_pixel_for_nn" => (i + 0.5) / scale,
            "tf_crop_and_resize" => region.From * (input - 1) + (exact == 1 ? (region.To - region.From) * (input - 1) / 2 : i * (region.To - region.From) * (input - 1) / (exact - 1)),
            _ => throw new OnnxException($"coordinate_transformation_mode {OnnxException.Quote(places)} is not known"),
        };
    }

    /// <summary>The old places that a new one takes from, and how much of each.</summary>
    List<(int Place, double Weight)> Taps(double at, double scale, int input)
    {
        int left = (int)Math.Ceiling(at) - 1;
        double ratio = at - left;                              // in (0, 1]
        double shrink = _antialias ? Math.Min(scale, 1) : 1;
        int reach = _mode switch { "nearest" => 1, "linear" => (int)-Math.Floor(-1 / shrink), "cubic" => (int)-Math.Floor(-2 / shrink), _ => throw new OnnxException($"mode {OnnxException.Quote(_mode)} is not known") };
        List<(int Place, double Weight)> taps = [];
        double total = 0;
        for (int k = 1 - reach; k <= reach; k++)
        {
            double weight = _mode switch { "nearest" => Nearest(ratio) == k ? 1 : 0, "linear" => Math.Max(0, 1 - Math.Abs(shrink * (k - ratio))), _ => Cubic(Math.Abs(shrink * (k - ratio))) };
            if (weight == 0 || _excludes && (left + k < 0 || left + k >= input)) continue;
            total += weight;
            taps.Add((Math.Clamp(left + k, 0, input - 1), weight));
        }
        return _mode == "nearest" || !_excludes && !_antialias ? taps : taps.ConvertAll(t => (t.Place, t.Weight / total));
    }

    int Nearest(double ratio) => ratio == 1 ? 1 : nearest switch
    {
        "round_prefer_floor" => ratio <= 0.5 ? 0 : 1,
        "round_prefer_ceil" => ratio < 0.5 ? 0 : 1,
        "floor" => 0,
        "ceil" => 1,
        _ => throw new OnnxException($"nearest_mode {OnnxException.Quote(nearest)} is not known"),
    };

    double Cubic(double x) => x <= 1 ? ((_a + 2) * x - (_a + 3)) * x * x + 1 : x < 2 ? ((_a * x - 5 * _a) * x + 8 * _a) * x - 4 * _a : 0;
}
