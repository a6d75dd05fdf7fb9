using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Optimizer steps on the CPU, parameter by parameter, each in one pass over its memory.</summary>
internal static unsafe class UpdateCalls
{
    /// <summary>See <see cref="AdamStepOp"/>.</summary>
    public static void Adam(AdamStepOp op, ReadOnlySpan<Tensor> gradients, ReadOnlySpan<Tensor> targets)
    {
        AdamUpdate rule = new()
        {
            LearningRate = op.LearningRate, Beta1 = op.Beta1, Beta2 = op.Beta2, Epsilon = op.Epsilon,
            WeightDecay = op.WeightDecay, Decoupled = op.Decoupled, Step = op.Step,
        };
        int n = gradients.Length;
        Rule all = new(rule);
        for (int i = 0; i < n; i++)
            Update(all, gradients[i], targets[i], targets[n + i], targets[2 * n + i], op.Amsgrad ? targets[3 * n + i] : null);
    }

    /// <summary>See <see cref="SgdStepOp"/>.</summary>
    public static void Sgd(SgdStepOp op, ReadOnlySpan<Tensor> gradients, ReadOnlySpan<Tensor> targets)
    {
        SgdUpdate rule = new()
        {
            LearningRate = op.LearningRate, Momentum = op.Momentum, Dampening = op.Dampening, WeightDecay = op.WeightDecay, Nesterov = op.Nesterov,
                First = op.IsFirst,
        };
        int n = gradients.Length;
        Rule all = new(rule);
        for (int i = 0; i < n; i++) Update(all, gradients[i], targets[i], op.Momentum != 0 ? targets[n + i] : null, null, null);
    }

    /// <summary>
    /// The kernels go over memory that lies in the same order for all: what lies otherwise is copied, and brought back. What is only stored is
    /// widened some numbers at a time.
    /// </summary>
    static void Update(in Rule rule, Tensor g, Tensor a, Tensor? b, Tensor? c, Tensor? d)
    {
        if (InOneOrder(a, g) && InOneOrder(a, b) && InOneOrder(a, c) && InOneOrder(a, d))
        {
            Run(in rule, g, a, b, c, d);
            return;
        }
        Tensor a1 = Row(a, a.DType), g1 = Row(g, a.DType);
        Tensor? b1 = b is null ? null : Row(b, a.DType), c1 = c is null ? null : Row(c, a.DType), d1 = d is null ? null : Row(d, a.DType);
        Run(in rule, g1, a1, b1, c1, d1);
        CopyOp.Into(a, a1);
        if (b is not null) CopyOp.Into(b, b1!);
        if (c is not null) CopyOp.Into(c, c1!);
        if (d is not null) CopyOp.Into(d, d1!);
    }

    static void Run(in Rule rule, Tensor g, Tensor a, Tensor? b, Tensor? c, Tensor? d)
    {
        if (Widening.IsNarrow(a)) Narrow(in rule, [a, g, b, c, d]);
        else Numbers.RunFloat(a.DType, new Call(in rule, g, a, b, c, d));
    }

    /// <summary>One stretch of memory after the other.</summary>
    static void Narrow(in Rule rule, Tensor?[] rows)
    {
        int numel = checked((int)rows[0]!.Numel), step = Widening.Step(numel, rows.Length * (long)numel);
        Tensor?[] wide = new Tensor?[rows.Length];
        for (int from = 0; from < numel; from += step)
        {
            int count = Math.Min(step, numel - from);
            for (int i = 0; i < rows.Length; i++) if (rows[i] is { } row) wide[i] = Widening.Wide(Stretch(row, from, count));
            Numbers.RunFloat(rows[0]!.DType.Wide(), new Call(in rule, wide[1]!, wide[0]!, wide[2], wide[3], wide[4]));
            for (int i = 0; i < rows.Length; i++)
            {
                if (wide[i] is not { } w) continue;
                if (i != 1) CopyOp.Into(Stretch(rows[i]!, from, count), w);
                w.Storage.Release();
            }
        }
    }

    /// <summary>Some numbers in the order of the memory.</summary>
    static Tensor Stretch(Tensor dense, int from, int count) =>
        new(dense.Storage, new Layout([count], [1L], dense.Layout.Offset + from), dense.DType);

    static bool InOneOrder(Tensor a, Tensor? other) => other is null || other.DType == a.DType
        && (a.Layout.IsContiguous && other.Layout.IsContiguous || a.Layout.IsDense && a.Layout.Strides.SequenceEqual(other.Layout.Strides));

    /// <summary>A row-major copy of a type.</summary>
    static Tensor Row(Tensor x, DType dtype)
    {
        var copy = Device.Cpu.Empty(Layout.Of(x.Shape), dtype);
        CopyOp.Into(copy, x);
        return copy;
    }

    /// <summary>One of the two.</summary>
    readonly struct Rule
    {
        readonly AdamUpdate _adam;
        readonly SgdUpdate _sgd;
        readonly bool _isAdam;

        public Rule(AdamUpdate adam) => (_adam, _isAdam) = (adam, true);

        public Rule(SgdUpdate sgd) => _sgd = sgd;

        public void Run<T>(T* parameter, T* gradient, T* b, T* c, T* d, nint count) where T : unmanaged
        {
            if (_isAdam) _adam.Run(parameter, gradient, b, c, d, count);
            else _sgd.Run(parameter, gradient, b, count);
        }
    }

    readonly ref struct Call(ref readonly Rule rule, Tensor g, Tensor a, Tensor? b, Tensor? c, Tensor? d) : IFloatCall
    {
        readonly ref readonly Rule _rule = ref rule;

        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(a, g, b, c, d);
            _rule.Run(p.At<T>(0), p.At<T>(1), p.At<T>(2), p.At<T>(3), p.At<T>(4), checked((nint)a.Numel));
        }
    }
}
