namespace Candeia.NN;

/// <summary>What the layers of a network see, while batches are predicted, and then the network with whole numbers: <see cref="Quantization.Prepare"/> makes it.</summary>
public sealed class Calibration : IDisposable
{
    readonly Layer _model;
    readonly int _quantMax;
    readonly Dictionary<Module, MinMaxObserver> _observers = new(ReferenceEqualityComparer.Instance);
    readonly List<IDisposable> _hooks = [];

    internal Calibration(Layer model, int quantMax, Func<string, Layer, bool> which)
    {
        (_model, _quantMax) = (model, quantMax);
        foreach (var (name, module) in model.NamedModules())
            if (module is Linear and not QuantizedLinear or Conv2d { Plain: not null } and not QuantizedConv2d && which(name, (Layer)module))
            {
                var observer = _observers[module] = new();
                _hooks.Add(((Layer)module).RegisterForwardPreHook((_, x) =>
                {
                    observer.Observe(x);
                    return null;
                }));
            }
    }

    /// <summary>The layers that have seen nothing yet: they were not applied with <c>x.Apply(layer)</c>, and stay as they are.</summary>
    public IReadOnlyList<string> Unseen => [.. _model.NamedModules().Where(m => _observers.TryGetValue(m.Module, out var o) && !o.HasSeen).Select(m => m.Name)];

    /// <summary>Puts <see cref="QuantizedLinear"/> and <see cref="QuantizedConv2d"/> in place of what has seen inputs, with the scales of these, and stops watching.</summary>
    /// <returns>The network, which is changed, unless it is itself such a layer.</returns>
    public Layer Convert()
    {
        Dispose();
        return (Layer)Quantization.Replace(_model, (_, module) => !_observers.TryGetValue(module, out var observer) || !observer.HasSeen ? null
            : module is Linear linear ? new QuantizedLinear(linear, observer.Input(_quantMax)) : new QuantizedConv2d((Conv2d)module, observer.Input(_quantMax)));
    }

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        _hooks.ForEach(h => h.Dispose());
        _hooks.Clear();
    }
}
