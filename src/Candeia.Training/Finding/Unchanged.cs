using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>Whatever is learnt in its time is forgotten in the end: parameters, buffers, gradients, modes, random streams, the loader's epoch.</summary>
internal sealed class Unchanged : IDisposable
{
    readonly List<Action> _restore = [];

    public Unchanged(Module? model, Module? loss, IEnumerable<IBatch>? data)
    {
        Remember(Generator.Default);
        foreach (var module in new[] { model, loss }.OfType<Module>()) Remember(module);
        if (data is not Loader loader) return;
        int epoch = loader.Epoch;
        _restore.Add(() => loader.Epoch = epoch);
    }

    public void Dispose()
    {
        foreach (var restore in _restore) restore();
    }

    void Remember(Generator generator)
    {
        var state = generator.State;
        _restore.Add(() => generator.State = state);
    }

    void Remember(Module module)
    {
        foreach (var (_, generator) in module.NamedGenerators()) Remember(generator);
        foreach (var (_, part) in module.NamedModules())
        {
            bool training = part.IsTraining;
            _restore.Add(() => part.IsTraining = training);
        }
        foreach (var tensor in module.Parameters().Concat(module.Buffers()))
        {
            var (values, gradient) = (tensor.Detach().Clone().Keep(), tensor.Grad?.Clone().Keep());
            _restore.Add(() =>
            {
                tensor.Detach().CopyFrom(values);
                tensor.Grad = gradient;
            });
        }
    }
}
