using static Candeia.Onnx.Forms;

namespace Candeia.Onnx;

/// <summary>Operators that make one number of many, along dimensions.</summary>
internal static class ReductionOperators
{
    delegate Tensor Reduction(Tensor x, ReadOnlySpan<int> dims, bool keepDim);

    public static Operator[] All { get; } =
    [
        .. Reduce("ReduceSum", 13, (x, dims, keep) => x.Sum(dims, keep, x.DType)),
        .. Reduce("ReduceMean", 18, Mean),
        .. Reduce("ReduceProd", 18, (x, dims, keep) => x.Prod(dims, keep, x.DType)),
        .. Reduce("ReduceMax", 18, (x, dims, keep) => Extreme(x, dims, keep, largest: true)),
        .. Reduce("ReduceMin", 18, (x, dims, keep) => Extreme(x, dims, keep, largest: false)),
        .. Reduce("ReduceL1", 18, (x, dims, keep) => x.Abs().Sum(dims, keep, x.DType)),
        .. Reduce("ReduceL2", 18, (x, dims, keep) => x.Square().Sum(dims, keep, x.DType).To(Fraction(x)).Sqrt().To(x.DType)),
        .. Reduce("ReduceSumSquare", 18, (x, dims, keep) => x.Square().Sum(dims, keep, x.DType)),
        .. Reduce("ReduceLogSum", 18, (x, dims, keep) => x.Sum(dims, keep, x.DType).To(Fraction(x)).Log().To(x.DType)),
        .. Reduce("ReduceLogSumExp", 18, (x, dims, keep) => x.To(Fraction(x)).LogSumExp(dims, keep).To(x.DType)),
        Place("ArgMax", (x, axis, keep) => x.ArgMax(axis, keep)),
        Place("ArgMin", (x, axis, keep) => x.ArgMin(axis, keep)),
    ];

    /// <summary>Dimensions are an attribute at first, and an input later; without any, all are meant.</summary>
    static Operator[] Reduce(string name, int since, Reduction reduce) =>
    [
        One(name, 1, a =>
        {
            bool keep = a.Flag("keepdims", true);
            int[]? axes = a.Ints("axes");
            return x => reduce(x[0], Dims(x[0], axes), keep);
        }),
        One(name, since, a =>
        {
            bool keep = a.Flag("keepdims", true), nothing = a.Flag("noop_with_empty_axes");
            return x =>
            {
                int[]? axes = x.Integers(1);
                if (axes is null or [] && nothing) return name is "ReduceSum" or "ReduceMean" or "ReduceProd" or "ReduceMax" or "ReduceMin" ? x[0] : reduce(x[0].Unsqueeze(0), [0], false);
                return reduce(x[0], Dims(x[0], axes), keep);
            };
        }) with { Fixed = [1] },
    ];

    static int[] Dims(Tensor x, int[]? axes) => axes is null or [] ? [.. Enumerable.Range(0, x.Rank)] : Positive(axes, x.Rank);

    static DType Fraction(Tensor x) => x.DType.IsFloatingPoint() ? x.DType : DType.Float64;

    static Tensor Mean(Tensor x, ReadOnlySpan<int> dims, bool keep) =>
        x.DType.IsFloatingPoint() ? x.Mean(dims, keep) : x.To(DType.Float64).Mean(dims, keep).To(x.DType);

    // The largest of nothing is the least of all numbers.
    static Tensor Extreme(Tensor x, ReadOnlySpan<int> dims, bool keep, bool largest)
    {
        if (x.DType == DType.Bool) return Extreme(x.To(DType.UInt8), dims, keep, largest).To(DType.Bool);
        if (x.Numel == 0) return (largest ? -1.0 : 1.0) * double.PositiveInfinity * Tensor.OnesLike(x.Sum(dims, keep, x.DType));
        return largest ? x.Amax(dims, keep) : x.Amin(dims, keep);
    }

    static Operator Place(string name, Func<Tensor, int, bool, Tensor> find) => One(name, 1, a =>
    {
        int axis = a.Int("axis", 0);
        bool keep = a.Flag("keepdims", true), last = a.Flag("select_last_index");
        return x =>
        {
            int d = Positive(axis, x[0].Rank);
            return last ? x[0].Shape[d] - 1 - find(x[0].Flip(d), d, keep) : find(x[0], d, keep);
        };
    });
}
