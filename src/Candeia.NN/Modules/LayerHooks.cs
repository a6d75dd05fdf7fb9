namespace Candeia.NN;

/// <summary>What users want to do where a layer is applied.</summary>
internal sealed class LayerHooks
{
    readonly List<Func<Layer, Tensor, Tensor?>> _before = [];
    readonly List<Func<Layer, Tensor, Tensor, Tensor?>> _after = [];
    readonly List<Func<Layer, Tensor?, Tensor, Tensor?>> _backward = [];

    public IDisposable Add(Func<Layer, Tensor, Tensor?> hook) => new Handle<Func<Layer, Tensor, Tensor?>>(_before, hook);

    public IDisposable Add(Func<Layer, Tensor, Tensor, Tensor?> hook) => new Handle<Func<Layer, Tensor, Tensor, Tensor?>>(_after, hook);

    public IDisposable AddBackward(Func<Layer, Tensor?, Tensor, Tensor?> hook) => new Handle<Func<Layer, Tensor?, Tensor, Tensor?>>(_backward, hook);

    /// <summary>The layer's result, with everything before and after.</summary>
    public Tensor Forward(Layer layer, Tensor x)
    {
        foreach (var hook in _before.ToArray()) x = hook(layer, x) ?? x;
        Crossing? crossing = _backward.Count > 0 ? new(layer, [.. _backward]) : null;
        if (crossing is not null) x = crossing.In(x);
        var y = layer.Forward(x);
        foreach (var hook in _after.ToArray()) y = hook(layer, x, y) ?? y;
        return crossing?.Out(y) ?? y;
    }

    /// <summary>One way of gradients through a layer.</summary>
    sealed class Crossing(Layer layer, Func<Layer, Tensor?, Tensor, Tensor?>[] hooks)
    {
        Tensor? _ofOutput;
        bool _arrives;

        public Tensor In(Tensor x)
        {
            if (!x.RequiresGrad || !Autograd.Enabled) return x;
            _arrives = true;
            x = new AliasOp().Apply(x);
            x.RegisterHook(grad =>
            {
                if (_ofOutput is not { } output) return null;
                Tensor now = grad;
                foreach (var hook in hooks) now = hook(layer, now, output) ?? now;
                return ReferenceEquals(now, grad) ? null : now;
            });
            return x;
        }

        public Tensor Out(Tensor y)
        {
            if (!y.RequiresGrad) return y;
            y = new AliasOp().Apply(y);
            y.RegisterHook(grad =>
            {
                if (_arrives) _ofOutput = grad.Clone();                      // the sweep lets go of its own
                if (!_arrives) foreach (var hook in hooks) hook(layer, null, grad);
                return null;
            });
            return y;
        }
    }

    sealed class Handle<T> : IDisposable
    {
        readonly List<T> _all;
        readonly T _hook;
        bool _done;

        public Handle(List<T> all, T hook)
        {
            (_all, _hook) = (all, hook);
            all.Add(hook);
        }

        public void Dispose()
        {
            if (!_done) _all.Remove(_hook);
            _done = true;
        }
    }
}
