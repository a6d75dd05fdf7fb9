using System.Text;

namespace Candeia.Gpu;

/// <summary>
/// Nested loops over elements of several operands at once, as one index in a kernel: dimensions that lie behind each other in all operands are one. Kernels
/// exist for 1, 2, 4 and 8 loops and so on; what is left over has one step.
/// </summary>
internal sealed class Loops
{
    readonly List<long> _sizes = [];
    readonly List<long[]> _strides = [];

    Loops(int operands) => Operands = operands;

    /// <summary>How many operands move.</summary>
    public int Operands { get; }

    /// <summary>How many loops the kernel has.</summary>
    public int Rank => _sizes.Count;

    /// <summary>How many steps all loops make together.</summary>
    public long Steps { get; private set; } = 1;

    /// <summary>How far an operand moves at each step of a loop.</summary>
    public long Stride(int loop, int operand) => _strides[loop][operand];

    /// <summary>Loops over some dimensions of layouts that have one shape; the fastest of the first operand is innermost.</summary>
    public static Loops Over(ReadOnlySpan<Layout> layouts, Func<int, bool> takes)
    {
        var loops = new Loops(layouts.Length);
        var shape = layouts[0].Shape;
        int[] dims = [.. Enumerable.Range(0, shape.Rank).Where(takes)];
        foreach (int d in dims) loops.Steps *= shape[d];
        long[] keys = new long[dims.Length];
        for (int i = 0; i < dims.Length; i++) keys[i] = Math.Abs(layouts[0].Strides[dims[i]]);
        Array.Reverse(dims);                                                 // of equal strides the later dimension is the inner one
        Array.Reverse(keys);
        int[] order = [.. Enumerable.Range(0, dims.Length).OrderBy(i => keys[i])];
        foreach (int at in order)
        {
            int d = dims[at];
            if (shape[d] == 1) continue;
            long[] strides = new long[layouts.Length];
            for (int k = 0; k < strides.Length; k++) strides[k] = layouts[k].Strides[d];
            loops.Add(shape[d], strides);
        }
        int rank = 1;
        while (rank < loops._sizes.Count) rank *= 2;
        while (loops._sizes.Count < rank) loops.Append(1, new long[layouts.Length]);
        return loops;
    }

    /// <summary>Loops over all dimensions.</summary>
    public static Loops Over(ReadOnlySpan<Layout> layouts) => Over(layouts, _ => true);

    void Add(long size, long[] strides)
    {
        if (_sizes.Count > 0)
        {
            bool merges = true;
            for (int k = 0; k < strides.Length; k++) merges &= strides[k] == _strides[^1][k] * _sizes[^1];
            if (merges)
            {
                _sizes[^1] *= size;
                return;
            }
        }
        Append(size, strides);
    }

    void Append(long size, long[] strides)
    {
        _sizes.Add(size);
        _strides.Add(strides);
    }

    /// <summary>The parameters of a kernel that has these loops.</summary>
    public string Parameters(string name)
    {
        var s = new StringBuilder();
        for (int d = 0; d < Rank; d++)
        {
            s.Append($", N {name}{d}");
            for (int k = 0; k < Operands; k++) s.Append($", N {name}{d}_{k}");
        }
        return s.ToString();
    }

    /// <summary>Their values.</summary>
    public void Add(Launch launch)
    {
        for (int d = 0; d < Rank; d++)
        {
            launch.Index(_sizes[d]);
            foreach (long stride in _strides[d]) launch.Index(stride);
        }
    }

    /// <summary>The loops among the sizes of a kernel that has others too.</summary>
    public void Name(Parameters parameters, string name)
    {
        for (int d = 0; d < Rank; d++)
        {
            parameters.Size($"{name}{d}", _sizes[d]);
            for (int k = 0; k < Operands; k++) parameters.Size($"{name}{d}_{k}", _strides[d][k]);
        }
    }

    /// <summary>The statement that adds to the places of all operands what belongs to step number <paramref name="index"/>.</summary>
    public string Walk(string name, string index, Func<int, string> place)
    {
        var s = new StringBuilder($"{{ N r = {index}, q; ");
        for (int d = 0; d < Rank; d++)
        {
            s.Append(d == Rank - 1 ? "q = r; " : $"q = r % {name}{d}; r /= {name}{d}; ");
            for (int k = 0; k < Operands; k++) s.Append($"{place(k)} += q * {name}{d}_{k}; ");
        }
        return s.Append('}').ToString();
    }

    /// <summary>The place of one operand at a step, as an expression.</summary>
    public string At(string name, int operand, string index)
    {
        var s = new StringBuilder();
        string rest = index;
        for (int d = 0; d < Rank; d++)
        {
            string q = d == Rank - 1 ? rest : $"{rest} % {name}{d}";
            s.Append(d == 0 ? "" : " + ").Append($"({q}) * {name}{d}_{operand}");
            rest = $"({rest}) / {name}{d}";
        }
        return s.ToString();
    }

    /// <summary>The greatest distance that an operand moves, for the choice of the type of indices.</summary>
    public long Reach
    {
        get
        {
            long most = Steps;
            for (int k = 0; k < Operands; k++)
            {
                long reach = 0;
                for (int d = 0; d < Rank; d++) reach += Math.Abs(_strides[d][k]) * (_sizes[d] - 1);
                most = Math.Max(most, reach);
            }
            return most;
        }
    }
}
