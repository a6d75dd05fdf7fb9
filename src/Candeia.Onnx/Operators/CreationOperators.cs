using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Operators that make tensors of sizes and numbers, and those that tell sizes.</summary>
internal static class CreationOperators
{
    public static Operator[] All { get; } =
    [
        One("Constant", 1, a =>
        {
            var value = Constant(a);
            return _ => value;
        }),
        One("ConstantOfShape", 9, a =>
        {
            var value = a.Tensor("value") ?? Tensor.Zeros([1]);
            return x =>
            {
                int[] sizes = x.Sizes(0);
                x.Grow(sizes.Aggregate((Int128)1, (n, s) => n * s));
                return Tensor.Full(Shape.Create(sizes), value.Reshape(), value.DType);
            };
        }),
        Unary("Shape", a =>
        {
            int start = a.Int("start", 0), end = a.Int("end", int.MaxValue);
            return x =>
            {
                int first = Math.Clamp(start < 0 ? start + x.Rank : start, 0, x.Rank), last = Math.Clamp(end < 0 ? end + x.Rank : end, first, x.Rank);
                return Tensor.From<long>([.. x.Shape.Select(n => (long)n)]).Narrow(0, first, last - first);
            };
        }),
        Unary("Size", x => Tensor.From([x.Numel]).Reshape()),
        One("Range", 11, _ => Range),
        Unary("EyeLike", a =>
        {
            int k = a.Int("k", 0);
            var type = a.Type("dtype");
            return x => Eye(x.Shape[0], x.Shape[1], k).To(type ?? x.DType).To(x.Device);
        }),
        One("RandomNormalLike", 1, a =>
        {
            double mean = a.Float("mean", 0), scale = a.Float("scale", 1);
            a.Ignore("seed");
            var type = a.Type("dtype");
            return x => Tensor.Normal(x[0].Shape, mean, scale, type ?? x[0].DType, device: x[0].Device);
        }) with { IsRandom = true },
        One("RandomUniformLike", 1, a =>
        {
            double low = a.Float("low", 0), high = a.Float("high", 1);
            a.Ignore("seed");
            var type = a.Type("dtype");
            return x => Tensor.Uniform(x[0].Shape, low, high, type ?? x[0].DType, device: x[0].Device);
        }) with { IsRandom = true },
        One("Bernoulli", 15, a =>
        {
            a.Ignore("seed");
            var type = a.Type("dtype");
            return x => (Tensor.Rand(x[0].Shape, x[0].DType, device: x[0].Device) < x[0]).To(type ?? x[0].DType);
        }) with { IsRandom = true },
    ];

    static Tensor Constant(Attributes a)
    {
        if (a.Tensor("value") is { } tensor) return tensor;
        if (a.Has("value_float")) return Tensor.From([(float)a.Float("value_float", 0)]).Reshape();
        if (a.Has("value_int")) return Tensor.From([(long)a.Int("value_int", 0)]).Reshape();
        if (a.Floats("value_floats") is { } fractions) return Tensor.From(Array.ConvertAll(fractions, x => (float)x));
        if (a.Ints("value_ints") is { } integers) return Tensor.From(Array.ConvertAll(integers, x => (long)x));
        throw new OnnxException("it holds no tensor and no numbers");
    }

    static Tensor Range(Call x)
    {
        var type = x[0].DType;
        double start = x.Number(0, 0), end = x.Number(1, 0), step = x.Number(2, 1);
        double count = Math.Max(0, Math.Ceiling((end - start) / step));
        if (!(count < int.MaxValue)) throw new OnnxException($"there is no end to a range from {start} to {end} in steps of {step}");
        x.Grow((Int128)count);
        return (Tensor.Arange((int)count).To(DType.Float64) * step + start).To(type);
    }

    static Tensor Eye(int rows, int columns, int k) => Tensor.Arange(columns).Unsqueeze(0).Eq(Tensor.Arange(rows).Unsqueeze(1) + k);
}
