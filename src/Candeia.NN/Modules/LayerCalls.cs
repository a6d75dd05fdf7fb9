namespace Candeia.NN;

/// <summary>Watching which layers are applied on this thread, and to what.</summary>
internal static class LayerCalls
{
    [ThreadStatic] static Action<LayerCall>? s_watcher;

    /// <summary>What has been computed before a layer.</summary>
    public static long Begin() => s_watcher is null ? 0 : Work.MultiplyAdds;

    /// <summary>Tells the watcher, if there is one.</summary>
    public static void End(Layer layer, Tensor x, Tensor y, long before) => s_watcher?.Invoke(new(layer, x, y, Work.MultiplyAdds - before));

    /// <summary>Runs something while all layers applied by this thread are reported, inner ones first.</summary>
    public static T Watch<T>(Action<LayerCall> watcher, Func<T> run)
    {
        var before = s_watcher;
        s_watcher = watcher;
        try { return run(); }
        finally { s_watcher = before; }
    }
}
