using Candeia.NN;

namespace Candeia.Serving.Tests;

/// <summary>Models for tests.</summary>
static class Models
{
    /// <summary>A small network with dropout and normalization, which is in training mode: a wrong mode would show.</summary>
    public static Layer Network(ulong seed = 1)
    {
        Generator.Seed(seed);
        return new Sequential(new Linear(8, 32), new BatchNorm1d(32), new ReLU(), new Dropout(0.5), new Linear(32, 3)).Train();
    }

    public static IServedModel Served(Layer network) => new ServedLayer(network, ModelValue.Of("x", [8]), ModelValue.Of("scores", [3]))
    {
        Question = new FormQuestion("Two numbers.", [new("a", "1"), new("b", "2", ["2", "3"])],
            fields => float.TryParse(fields.GetValueOrDefault("a"), out float a) ? new([Tensor.Full([1, 8], a)], a > 10 ? "That is much." : null) : throw new FormatException("'a' must be a number."),
            y => new("scores", [.. y[0].ToArray<float>().Select((s, i) => new ReplyPart($"class {i}", s))])),
    };

    /// <summary>What a network says alone.</summary>
    public static float[] Alone(Layer network, Tensor x)
    {
        using var off = Autograd.NoGrad();
        using var mode = Mode.Evaluation();
        return network.Forward(x).ToArray<float>();
    }
}

/// <summary>Doubles what it gets, when it is let: for what happens while a model computes.</summary>
sealed class GatedModel(bool open = false) : IServedModel
{
    public ManualResetEventSlim Gate { get; } = new(open);

    /// <summary>How many items each batch had.</summary>
    public List<int> Sizes { get; } = [];

    public IReadOnlyList<ModelValue> Inputs { get; } = [new("x", DType.Float32, [-1, -1])];

    public IReadOnlyList<ModelValue> Outputs { get; } = [new("y", DType.Float32, [-1, -1])];

    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
    {
        lock (Sizes) Sizes.Add(inputs[0].Shape[0]);
        Gate.Wait();
        if (inputs[0].ToArray<float>().Contains(13)) throw new InvalidOperationException("13 brings no luck.");
        return [inputs[0] * 2];
    }
}
