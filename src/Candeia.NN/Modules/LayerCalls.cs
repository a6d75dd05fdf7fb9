namespace Candeia.NN;

/// <summary>Watching which layers are applied on this thread, and to what.</summary>
internal static class LayerCalls
{
    [ThreadStatic] static Action<Layer, Tensor, Tensor>? s_watcher;

    /// <summary>Tells the watcher, if there is one.</summary>
    public static void Report(Layer layer, Tensor x, Tensor y) => s_watcher?.Invoke(layer, x, y);

    /// <summary>Runs something while all layers applied by this thread are reported.</summary>
    public static T Watch<T>(Action<Layer, Tensor, Tensor> watcher, Func<T> run)
    {
        var before = s_watcher;
        s_watcher = watcher;
        try { return run(); }
        finally { s_watcher = before; }
    }
}
