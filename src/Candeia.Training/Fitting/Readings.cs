using System.Runtime.InteropServices;

namespace Candeia.Training;

/// <summary>
/// Numbers of one batch after the other, each row with a weight: what a metric of one's own counts with. Where a device computes them they stay
/// there until somebody asks, so that no step waits for it; what is in the CPU's memory is taken over at once. Rows keep their order, so that parts
/// put together give the bits of the whole.
/// </summary>
/// <param name="width">How many numbers a row has.</param>
/// <param name="most">How many rows may wait on a device before they are fetched, all in one copy.</param>
/// <example><code>
/// using Candeia.Training;
/// var losses = new Readings(width: 1);
/// losses.Add(weight: 32, Tensor.From([0.5]));
/// losses.Add(weight: 32, 0.25);
/// Console.WriteLine(losses.Mean);      // → 0.375
/// </code></example>
public sealed class Readings(int width, int most = 256)
{
    readonly List<double> _numbers = [];
    readonly List<double> _weights = [];
    readonly List<Tensor> _waiting = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _weights.Count;

    /// <summary>Adds a row that is known.</summary>
    /// <param name="weight">How much it counts, such as the size of a batch.</param>
    /// <param name="numbers">As many as the width says.</param>
    /// <exception cref="ArgumentException">They are more, or fewer.</exception>
    public void Add(double weight, params ReadOnlySpan<double> numbers)
    {
        if (numbers.Length != width) throw new ArgumentException($"A row has {width} numbers here, not {numbers.Length}.", nameof(numbers));
        Fetch();
        _numbers.AddRange(numbers);
        _weights.Add(weight);
    }

    /// <summary>Adds a row that may still lie on a device.</summary>
    /// <param name="weight">How much it counts, such as the size of a batch.</param>
    /// <param name="numbers">A tensor of as many elements as the width says.</param>
    /// <exception cref="ArgumentException">There are more, or fewer.</exception>
    public void Add(double weight, Tensor numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Numel != width) throw new ArgumentException($"A row has {width} numbers here, not those of {numbers.Shape}.", nameof(numbers));
        if (numbers.Device == Device.Cpu)
        {
            if (width == 1) Add(weight, numbers.Item());
            else Add(weight, numbers.ToArray<double>());
            return;
        }
        if (_waiting.Count == most) Fetch();
        _waiting.Add(numbers.Detach().To(DType.Float64).Reshape(width).Keep());
        _weights.Add(weight);
    }

    /// <summary>The numbers of a row; waits for a device that has some.</summary>
    /// <param name="row">Counted from 0.</param>
    public ReadOnlySpan<double> this[int row]
    {
        get
        {
            Fetch();
            return CollectionsMarshal.AsSpan(_numbers).Slice(row * width, width);
        }
    }

    /// <summary>The weight of a row.</summary>
    /// <param name="row">Counted from 0.</param>
    public double Weight(int row) => _weights[row];

    /// <summary>The first numbers of the rows, each counted by the row's weight; not a number where there are none.</summary>
    public double Mean
    {
        get
        {
            double sum = 0, weights = 0;
            for (int i = 0; i < Count; i++) (sum, weights) = (sum + this[i][0] * _weights[i], weights + _weights[i]);
            return sum / weights;
        }
    }

    /// <summary>The first numbers of the rows added up, by all weights; not a number where there are none.</summary>
    public double Share
    {
        get
        {
            double sum = 0, weights = 0;
            for (int i = 0; i < Count; i++) (sum, weights) = (sum + this[i][0], weights + _weights[i]);
            return sum / weights;
        }
    }

    /// <summary>Takes over the rows of another, behind its own: what <see cref="IMetricState.Merge"/> does.</summary>
    /// <param name="other">Rows of the same width.</param>
    public void Append(Readings other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Fetch();
        other.Fetch();
        _numbers.AddRange(other._numbers);
        _weights.AddRange(other._weights);
    }

    /// <summary>Forgets all rows but the first.</summary>
    internal void Truncate(int count)
    {
        Fetch();
        _numbers.RemoveRange(count * width, _numbers.Count - count * width);
        _weights.RemoveRange(count, _weights.Count - count);
    }

    /// <summary>Writes the rows down, for <see cref="IResumable.Save"/>.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="name">Under which name.</param>
    public void Save(SavedState state, string name)
    {
        ArgumentNullException.ThrowIfNull(state);
        Fetch();
        state.Set(name, Tensor.From([.. _numbers, .. _weights]));
    }

    /// <summary>Takes over rows that were written down, in place of its own.</summary>
    /// <param name="state">Where they were written.</param>
    /// <param name="name">Under which name.</param>
    /// <exception cref="CheckpointException">There are none, or none of this width.</exception>
    public void Restore(SavedState state, string name)
    {
        ArgumentNullException.ThrowIfNull(state);
        var saved = state.Tensor(name);
        if (saved.DType != DType.Float64 || saved.Numel % (width + 1) != 0) throw state.Unfit(name);
        double[] all = saved.ToArray<double>();
        int numbers = all.Length / (width + 1) * width;
        _waiting.Clear();
        _numbers.Clear();
        _weights.Clear();
        _numbers.AddRange(all.AsSpan(0, numbers));
        _weights.AddRange(all.AsSpan(numbers));
    }

    /// <summary>Waits for the device, once for all rows.</summary>
    void Fetch()
    {
        if (_waiting.Count == 0) return;
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        _numbers.AddRange(Tensor.Cat([.. _waiting]).ToArray<double>());
        foreach (var row in _waiting) scope.Adopt(row);
        _waiting.Clear();
    }
}
