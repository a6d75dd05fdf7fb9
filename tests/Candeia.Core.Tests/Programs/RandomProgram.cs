namespace Candeia.Tests;

/// <summary>
/// A program that a seed stands for: random ops on random shapes, views, reads and writes in place, in a random element type. It is the same program
/// wherever it runs.
/// </summary>
sealed class RandomProgram(ulong seed, DType dtype, Device device, bool smooth = false)
{
    const int Length = 10;
    readonly Generator _g = new(seed);
    readonly List<Tensor> _values = [];
    readonly List<Tensor> _leaves = [];

    /// <summary>The leaves, which require gradients, after <see cref="Run"/>.</summary>
    public IReadOnlyList<Tensor> Leaves => _leaves;

    /// <summary>All values, from the first to the last.</summary>
    public IReadOnlyList<Tensor> Values => _values;

    /// <summary>What the program did, for the message of a failure.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>Applies the ops; the result is a number that depends on all values.</summary>
    /// <param name="moved">By how much each leaf is moved before, for finite differences.</param>
    public Tensor Run(Func<int, Tensor, Tensor>? moved = null)
    {
        for (int i = 0; i < 3; i++)
        {
            var x = Tensor.Rand(RandomShape(), DType.Float64, new Generator(seed * 31 + (ulong)i)) * 2 - 1;
            if (moved is not null) x += moved(i, x);
            x = x.To(dtype).To(device).Detach();
            x.RequiresGrad = true;
            _leaves.Add(x);
            _values.Add(x);
        }
        for (int i = 0; i < Length; i++)
        {
            try
            {
                _values.Add(Step(Pick()));
            }
            catch (Exception e) when (e is ShapeException or ArgumentException)
            {
                Steps.Add($"refused: {e.Message}");                          // drawn shapes need not fit; the same everywhere
            }
            if (_g.NextInt(6) == 0) _ = Pick().ToArray<double>();
            if (_g.NextInt(8) == 0) _ = _values[^1].Settle();
        }
        var sum = Tensor.Scalar(0, dtype, device);
        foreach (var v in _values.Where(v => v.DType.IsFloatingPoint())) sum += (v * (0.3 + 0.1 * _g.NextInt(5))).Mean();
        return sum;
    }

    Shape RandomShape() => _g.NextInt(3) switch
    {
        0 => [2, 3, 6, 6],
        1 => [1 + _g.NextInt(4), 3],
        _ => [2, 3, 4],
    };

    Tensor Pick() => _g.NextInt(2) == 0 ? _values[^1] : _values[_g.NextInt(_values.Count)];

    Tensor Like(Tensor x) => _values.LastOrDefault(v => v.Shape == x.Shape && v != x) ?? x;

    Tensor Weight(params int[] shape) => Tensor.Rand(Shape.Create(shape), DType.Float64, new Generator((ulong)shape.Length + seed)).To(dtype).To(device) - 0.5;

    Tensor Step(Tensor x)
    {
        int op = _g.NextInt(smooth ? 22 : 38), dim = x.Rank == 0 ? 0 : _g.NextInt(x.Rank), a = _g.NextInt(3), b = _g.NextInt(2);
        Steps.Add($"{op} of {x.Shape}, dim {dim}");
        if (x.Rank == 0) return x.Exp().Log();
        return op switch
        {
            0 => x.Sin(),
            1 => x.Tanh() * 1.5,
            2 => x.Sigmoid(),
            3 => x.Gelu(),
            4 => x + Like(x),
            5 => x * Like(x) * 0.5,
            6 => x - Like(x) * (a * 0.25),
            7 => x.Softmax(-1),
            8 => x.Mean([dim], keepDim: b == 0),
            9 => x.Transpose(0, -1),
            10 => x.Reshape(-1),
            11 => x.Narrow(dim, 0, Math.Max(1, x.Shape[dim] - 1)),
            12 => x[TensorIndex.Ellipsis, TensorIndex.Every(2)],
            13 => Tensor.Cat([x, Like(x)], dim),
            14 => x.Flip(dim),
            15 => x.Cumsum(dim) * 0.2,
            16 => x.IndexSelect(dim, Tensor.From([0L, Math.Min(a, x.Shape[dim] - 1L), 0L]).To(device)),
            17 => x.Linear(Weight(5, x.Shape[^1]), Weight(5)).Tanh(),
            18 when x.Rank > 1 => x.MatMul(x.Transpose(-1, -2)) * 0.3,
            18 => x.Square() * 0.4,
            19 when x.Rank == 4 => x.Conv2d(Weight(4, x.Shape[1], 3, 3), Weight(4), padding: 1),
            19 => x.Expand([2, .. x.Shape.Sizes]),
            20 => Written(x, a),
            21 when x.Rank == 4 => x.AvgPool2d(2),
            21 => x.Unsqueeze(dim).Permute([.. Enumerable.Range(0, x.Rank + 1).Reverse()]),
            22 or 23 => x.Relu(),
            24 when x.Rank == 4 => x.MaxPool2d(2),
            24 => x.Abs(),
            25 when x.Rank == 4 => x.Conv2d(Weight(4, x.Shape[1], 3, 3)).Relu().MaxPool2d(2),
            25 => x.Linear(Weight(4, x.Shape[^1])).Relu(),
            26 => (x > 0).Where(x, Like(x) * 0.5),
            27 => x.Maximum(Like(x)),
            28 => x.MaskedFill(x < -0.2, 0.1),
            29 => x.Gather(dim, x.ArgSort(dim).Narrow(dim, 0, 1)),
            30 => Masked(x),
            31 when x.Rank == 4 => Normalized(x).Relu(),
            31 => x.LayerNorm([x.Shape[^1]], epsilon: 0.1),
            32 when x.Rank == 4 => (Normalized(x) + Like(x)).Hardtanh(0, 0.8),
            32 => x.LogSoftmax(dim) * 0.2,
            33 when x.Rank == 4 => Normalized(x).Relu().MaxPool2d(2),
            33 => x.Amax([dim], keepDim: b == 0),
            34 when x.Rank == 4 => (Normalized(x) + x).Relu(),
            34 => x.Remainder(0.7),
            35 => (x.To(DType.BFloat16) * 1.5).Relu() + x * 0.1,                // a type meets another, and the wider wins
            36 => (x * 8).To(DType.Int64).Remainder(3) * 0.1 + x,
            _ => x.Clamp(-0.7, 0.6).To(DType.Float64).To(dtype),
        };
    }

    /// <summary>By channels, with little of what would make rounding count a hundred times.</summary>
    Tensor Normalized(Tensor x) => x.BatchNorm(null, null, training: true, Weight(x.Shape[1]), Weight(x.Shape[1]), epsilon: 0.1);

    /// <summary>A copy that is written in place through a view, as a user would.</summary>
    static Tensor Written(Tensor x, int a)
    {
        var y = x * 1.25;
        var part = y.Narrow(0, 0, 1);
        if (a == 0) y[..] += x;
        else if (a == 1) part[..] *= 0.5;
        else y[0] = x[^1];
        return y + part.Sum() * 0.1;
    }

    static Tensor Masked(Tensor x)
    {
        var y = x * 1.0;
        y[y > 0.4] = 0.2;
        return y;
    }
}
