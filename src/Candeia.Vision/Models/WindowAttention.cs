using Candeia.NN;

namespace Candeia.Vision;

/// <summary>
/// Attention within windows of [n, h, w, c] that may be shifted, where distances count. The second version compares directions alone, and has what a
/// distance counts from a small network instead of a table.
/// </summary>
internal sealed class WindowAttention : Layer
{
    /// <summary>The score of what lies side by side only because the picture was rolled around.</summary>
    const float Apart = -100;

    readonly Linear qkv, proj;
    readonly Tensor? relativePositionBiasTable;
    [Buffer] readonly Tensor relativePositionIndex;
    readonly Tensor? logitScale;
    readonly Sequential? cpbMlp;
    [Buffer] readonly Tensor? relativeCoordsTable;
    readonly int _heads, _window, _shift;

    public WindowAttention(int channels, int heads, int window, int shift, bool second)
    {
        (_heads, _window, _shift) = (heads, window, shift);
        (qkv, proj, relativePositionIndex) = (new(channels, 3 * channels), new(channels, channels), Windows.Distances(window));
        if (!second) relativePositionBiasTable = Windows.Table(window, heads);
        else
        {
            logitScale = Parameter.Of(Tensor.Full([heads, 1, 1], Math.Log(10)));
            cpbMlp = [new Linear(2, 512), new ReLU(), new Linear(512, heads, bias: false)];
            relativeCoordsTable = Coordinates(window);
        }
    }

    public override Tensor Forward(Tensor x)
    {
        int height = x.Shape[1], width = x.Shape[2];
        int below = (_window - height % _window) % _window, right = (_window - width % _window) % _window;
        if (below + right > 0) x = x.Pad([0, 0, 0, right, 0, below]);
        int rows = height + below, columns = width + right;
        // Where one window holds all there is nothing to shift.
        int down = _window >= rows ? 0 : _shift, along = _window >= columns ? 0 : _shift;
        if (down + along > 0) x = x.Roll([-down, -along], [1, 2]);
        var bias = Bias();
        if (down + along > 0) bias += Mask(rows, columns, down, along).To(x.Device).To(x.DType);
        var y = Windows.Join(Attend(Windows.Split(x, _window, _window), bias).Apply(proj), _window, _window, rows, columns);
        if (down + along > 0) y = y.Roll([down, along], [1, 2]);
        return below + right > 0 ? y.Narrow(1, 0, height).Narrow(2, 0, width) : y;
    }

    Tensor Attend(Tensor windows, Tensor bias)
    {
        if (logitScale is null)
        {
            var (query, key, value) = Windows.Heads(windows.Apply(qkv), _heads);
            return Windows.Merge(query.ScaledDotProductAttention(key, value, bias));
        }
        // Keys have no shift of their own here, whatever stands in the weights.
        int channels = windows.Shape[3];
        var shift = qkv.Bias!;
        var all = windows.Linear(qkv.Weight, Tensor.Cat([shift.Narrow(0, 0, channels), shift.Narrow(0, channels, channels) * 0, shift.Narrow(0, 2 * channels, channels)]));
        var (q, k, v) = Windows.Heads(all, _heads);
        q = q.Normalize(dim: -1) * logitScale.Clamp(max: Math.Log(100)).Exp();
        return Windows.Merge(q.ScaledDotProductAttention(k.Normalize(dim: -1), v, bias, scale: 1));
    }

    Tensor Bias() => cpbMlp is null ? Windows.Bias(relativePositionBiasTable!, relativePositionIndex, _window * _window)
        : 16 * Windows.Bias(relativeCoordsTable!.Apply(cpbMlp).Reshape(-1, _heads), relativePositionIndex, _window * _window).Sigmoid();

    /// <summary>Which places of each window are no neighbours: [windows, 1, places, places].</summary>
    Tensor Mask(int rows, int columns, int down, int along)
    {
        // Rolled, the last rows are those that were first: they are a part of their own, as are the columns.
        int Part(int at, int size, int shift) => shift == 0 ? 0 : at < size - _window ? 0 : at < size - shift ? 1 : 2;
        int across = columns / _window, windows = rows / _window * across, places = _window * _window;
        float[] mask = new float[windows * places * places];
        for (int window = 0, at = 0; window < windows; window++)
        {
            int[] parts = [.. Enumerable.Range(0, places).Select(p =>
                3 * Part(window / across * _window + p / _window, rows, down) + Part(window % across * _window + p % _window, columns, along))];
            foreach (int a in parts) foreach (int b in parts) mask[at++] = a == b ? 0 : Apart;
        }
        return Tensor.From(mask, [windows, 1, places, places]);
    }

    /// <summary>All distances in a window, as logarithms: [1, 2 · window − 1, 2 · window − 1, 2].</summary>
    static Tensor Coordinates(int window)
    {
        int size = 2 * window - 1;
        float Of(int at)
        {
            double far = 8.0 * (at - window + 1) / (window - 1);
            return (float)(Math.Sign(far) * Math.Log2(Math.Abs(far) + 1) / 3);
        }
        return Tensor.From([.. Enumerable.Range(0, size * size).SelectMany(i => (float[])[Of(i / size), Of(i % size)])], [1, size, size, 2]);
    }
}
