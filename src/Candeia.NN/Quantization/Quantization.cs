namespace Candeia.NN;

/// <summary>
/// Networks whose linear layers and convolutions compute with whole numbers of eight bits, for prediction: a quarter of the memory for weights, and faster where the
/// machine multiplies bytes (VNNI). The words are those of <c>torch.ao.quantization</c>.
/// </summary>
public static class Quantization
{
    /// <summary>
    /// Puts a <see cref="QuantizedLinear"/> in place of each <see cref="Linear"/>; each row of their inputs finds its own scale, so that nothing has to be calibrated, and a
    /// row has the same result in every batch.
    /// </summary>
    /// <param name="model">The network, which is changed, unless it is itself a <see cref="Linear"/>.</param>
    /// <param name="reduceRange">Whether inputs become numbers up to 127, as in PyTorch on x86, and not up to 255.</param>
    /// <param name="which">Which of them, by name; all, if nothing is given.</param>
    /// <returns>The network.</returns>
    /// <example><code>
    /// Sequential net = [new Linear(4, 8), new ReLU(), new Linear(8, 2)];
    /// Quantization.QuantizeDynamic(net);
    /// Console.WriteLine(net.Get("0"));                                      // → QuantizedLinear 4→8 dynamic
    /// </code></example>
    public static Layer QuantizeDynamic(Layer model, bool reduceRange = false, Func<string, Layer, bool>? which = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var input = new InputQuantization(QuantMax: reduceRange ? 127 : 255);
        return (Layer)Replace(model, (name, module) => module is Linear linear and not QuantizedLinear && which?.Invoke(name, linear) != false ? new QuantizedLinear(linear, input) : null);
    }

    /// <summary>
    /// Watches what comes to each <see cref="Linear"/> and each <see cref="Conv2d"/> of one group without dilation: predict some batches, and then convert.
    /// </summary>
    /// <param name="model">The network; its layers are applied with <c>x.Apply(layer)</c>.</param>
    /// <param name="reduceRange">Whether inputs become numbers up to 127, as in PyTorch on x86, and not up to 255.</param>
    /// <param name="which">Which of them, by name; all, if nothing is given. Convolutions of 3×3 by stride 1 are faster with floats.</param>
    /// <example><code>
    /// Sequential net = [new Conv2d(1, 4, 3), new ReLU(), new Flatten(), new Linear(16, 2)];
    /// using var calibration = Quantization.Prepare(net);
    /// net.Forward(Tensor.Rand([8, 1, 4, 4]));
    /// calibration.Convert();
    /// Console.WriteLine(net.Get("0").GetType().Name);                       // → QuantizedConv2d
    /// </code></example>
    public static Calibration Prepare(Layer model, bool reduceRange = false, Func<string, Layer, bool>? which = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(model, reduceRange ? 127 : 255, which ?? ((_, _) => true));
    }

    /// <summary>Puts other modules where one is given, under all names that a module has.</summary>
    internal static Module Replace(Module model, Func<string, Module, Module?> with)
    {
        Dictionary<Module, Module> made = new(ReferenceEqualityComparer.Instance);
        foreach (var (name, module) in model.NamedModules())
            if (with(name, module) is { } other) made[module] = other;
        if (made.TryGetValue(model, out var whole)) return whole;
        List<(string Name, Module Module)> places = [];
        model.Walk("", [], (name, module) => places.Add((name, module)), once: null);
        foreach (var (name, module) in places) if (made.TryGetValue(module, out var other)) model.Replace(name, other);
        return model;
    }
}
