using Candeia.NN;

namespace Candeia.Vision;

/// <summary>A network that gives what it sees in several resolutions: what segmentation and detection stand on.</summary>
public abstract class Backbone : Layer
{
    /// <summary>Channels of the result of each stage, the finest first.</summary>
    public abstract IReadOnlyList<int> Channels { get; }

    /// <summary>The result of each stage, [n, channels, h, w], the finest first.</summary>
    /// <param name="x">Pictures, [n, channels, h, w].</param>
    public abstract IReadOnlyList<Tensor> Stages(Tensor x);

    /// <summary>The result of the last stage.</summary>
    /// <param name="x">Pictures, [n, channels, h, w].</param>
    public override Tensor Forward(Tensor x) => Stages(x)[^1];
}

/// <summary>Layers one after the other, some of which end a stage.</summary>
internal sealed class StagedLayers(Sequential layers, (int Layer, int Channels)[] ends, bool channelsLast = false) : Backbone
{
    [StateName("")] readonly OrderedDictionary<string, Layer> _layers = new(layers.Index().Select(l => KeyValuePair.Create($"{l.Index}", l.Item)));

    public override IReadOnlyList<int> Channels { get; } = [.. ends.Select(e => e.Channels)];

    /// <summary>Layers that end a stage wherever the next one makes the picture smaller, from a quarter of its size on.</summary>
    /// <param name="layers">All of them.</param>
    /// <param name="channelsLast">Whether what goes from one to the next is [n, h, w, channels].</param>
    public static StagedLayers Of(Sequential layers, bool channelsLast = false)
    {
        const int probe = 64;
        using var scope = Scope.Begin();
        using var mode = Mode.Evaluation();
        using var off = Autograd.NoGrad();
        List<(int Layer, int Channels)> ends = [];
        var x = Tensor.Zeros([1, 3, probe, probe]);
        int size = probe;
        foreach (var (i, layer) in layers.Index())
        {
            x = x.Apply(layer, name: $"{i}");
            if (x.Shape[2] == size && ends.Count > 0) ends.RemoveAt(ends.Count - 1);
            size = x.Shape[2];
            if (size <= probe / 4) ends.Add((i, x.Shape[channelsLast ? 3 : 1]));
        }
        return new(layers, [.. ends], channelsLast);
    }

    public override IReadOnlyList<Tensor> Stages(Tensor x)
    {
        List<Tensor> stages = [];
        for (int i = 0; i <= ends[^1].Layer; i++)
        {
            var (name, layer) = _layers.GetAt(i);
            x = x.Apply(layer, name: name);
            if (i == ends[stages.Count].Layer) stages.Add(channelsLast ? x.Permute(0, 3, 1, 2) : x);
        }
        return stages;
    }
}
