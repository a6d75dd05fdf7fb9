using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Normalizations, and dropout.</summary>
internal static class NormalizationOperators
{
    public static Operator[] All { get; } =
    [
        BatchNorm(1),
        One("InstanceNormalization", 1, a =>
        {
            double epsilon = a.Float("epsilon", 1e-5);
            return x => x[0].GroupNorm(x[0].Shape[1], x[1], x[2], epsilon);
        }),
        One("GroupNormalization", 18, a =>
        {
            var (groups, epsilon, ofGroups) = (a.Int("num_groups"), a.Float("epsilon", 1e-5), a.Opset < 21);
            a.Ignore("stash_type");
            return x =>
            {
                Tensor Each(Tensor w, int channels) => ofGroups && w.Numel != channels ? w.Unsqueeze(1).Expand(w.Shape[0], channels / w.Shape[0]).Flatten() : w;
                int c = x[0].Shape[1];
                return x[0].GroupNorm(groups, Each(x[1], c), Each(x[2], c), epsilon);
            };
        }),
        new("LayerNormalization", 17, a =>
        {
            var (axis, epsilon, moments) = (a.Int("axis", -1), a.Float("epsilon", 1e-5), a.Wants(1) || a.Wants(2));
            a.Ignore("stash_type");
            return x => LayerNorm(x[0], x[1], x.Maybe(2), axis, epsilon, moments);
        }),
        One("RMSNormalization", 23, a =>
        {
            var (axis, epsilon) = (a.Int("axis", -1), a.Float("epsilon", 1e-5));
            a.Ignore("stash_type");
            return x =>
            {
                int[] dims = From(axis, x[0].Rank);
                return x[0] * (x[0].Square().Mean(dims, keepDim: true) + epsilon).Rsqrt() * x[1];
            };
        }),
        Unary("MeanVarianceNormalization", a =>
        {
            int[] axes = a.Ints("axes") ?? [0, 2, 3];
            return x =>
            {
                var centred = x - x.Mean(axes, keepDim: true);
                return centred / (centred.Square().Mean(axes, keepDim: true).Sqrt() + 1e-9);
            };
        }),
        Unary("LpNormalization", a =>
        {
            var (axis, p) = (a.Int("axis", -1), a.Int("p", 2));
            return x =>
            {
                var norm = x.Norm(p, [Positive(axis, x.Rank)], keepDim: true);
                return norm.Eq(0).Where(Tensor.Scalar(0, x.DType), x / norm);
            };
        }),
        Unary("LRN", a =>
        {
            var (alpha, beta, bias, size) = (a.Float("alpha", 0.0001), a.Float("beta", 0.75), a.Float("bias", 1), a.Int("size"));
            return x => LocalResponse(x, alpha, beta, bias, size);
        }),
        new("Dropout", 1, a =>
        {
            double ratio = a.Float("ratio", 0.5);
            a.Ignore("is_test");
            return x => Dropout(x, ratio, x.IsTraining, a.Wants(1));
        }) { IsRandom = true },
        new("Dropout", 12, a =>
        {
            a.Ignore("seed");
            return x => Dropout(x, x.Number(1, 0.5), x.IsTraining || x.Number(2, 0) != 0, a.Wants(1));
        }) { IsRandom = true, Fixed = [1, 2] },
    ];

    static Operator BatchNorm(int since) => new("BatchNormalization", since, a =>
    {
        var (epsilon, momentum, learns, moments) = (a.Float("epsilon", 1e-5), a.Float("momentum", 0.9), a.Flag("training_mode"), a.Opset >= 14 && a.Wants(1));
        a.Only("spatial", 1);
        a.Ignore("is_test");
        return x =>
        {
            var (mean, variance) = (x[3], x[4]);
            // The file says that the running moments are results: then those given stay as they are.
            if (learns) (mean, variance) = (mean.Clone(), variance.Clone());
            if (learns && x[0].Numel > 0) Biased(x[0], mean, variance, 1 - momentum);
            var y = x[0].BatchNorm(learns ? null : mean, learns ? null : variance, learns || x.IsTraining, x[1], x[2], 1 - momentum, epsilon);
            return moments ? [y, mean, variance] : [y];
        };
    }) { Fixed = [3, 4] };

    // ONNX averages the variance of the batch as it is, where PyTorch takes an estimate of that of all data.
    static void Biased(Tensor x, Tensor mean, Tensor variance, double momentum)
    {
        using var _ = Autograd.NoGrad();
        int[] dims = [0, .. Enumerable.Range(2, x.Rank - 2)];
        mean.CopyFrom(mean * (1 - momentum) + x.Mean(dims, keepDim: false) * momentum);
        variance.CopyFrom(variance * (1 - momentum) + x.Var(dims, correction: 0) * momentum);
    }

    static int[] From(int axis, int rank) => [.. Enumerable.Range(Positive(axis, rank), rank - Positive(axis, rank))];

    static Tensor[] LayerNorm(Tensor x, Tensor weight, Tensor? bias, int axis, double epsilon, bool moments)
    {
        int[] dims = From(axis, x.Rank);
        var shape = x.Shape.Slice(dims[0], dims.Length);
        Tensor Full(Tensor w) => w.Shape == shape ? w : w.Expand(shape);
        var y = x.LayerNorm(shape, Full(weight), bias is null ? null : Full(bias), epsilon);
        if (!moments) return [y];
        var mean = x.Mean(dims, keepDim: true);
        return [y, mean, (x.Var(dims, correction: 0, keepDim: true) + epsilon).Rsqrt()];
    }

    // The sum over channels around: what is summed up to one, less what is summed up to another.
    static Tensor LocalResponse(Tensor x, double alpha, double beta, double bias, int size)
    {
        int before = (size - 1) / 2, after = size - 1 - before;
        int[] around = [.. new int[2 * (x.Rank - 2)], before, after];
        var squares = x.Square().Pad(around);
        var sum = Enumerable.Range(0, size).Select(i => squares.Narrow(1, i, x.Shape[1])).Aggregate((a, b) => a + b);
        return x / (sum * (alpha / size) + bias).Pow(beta);
    }

    static Tensor[] Dropout(Call x, double ratio, bool drops, bool wantsMask)
    {
        if (!drops || ratio == 0) return wantsMask ? [x[0], Tensor.Ones(x[0].Shape, DType.Bool)] : [x[0]];
        if (!wantsMask) return [x[0].Dropout(ratio, training: true)];
        var kept = Tensor.OnesLike(x[0]).Dropout(ratio, training: true);
        return [x[0] * kept, kept.Ne(0)];
    }
}
