namespace Candeia;

/// <summary>The one door at which everything that this thread computes can be watched: ops, views, fills, writes in place, and values that the program reads.</summary>
internal static class Tracing
{
    [ThreadStatic] static ITracer? s_tracer;

    /// <summary>Whether somebody watches this thread.</summary>
    public static bool IsOn => s_tracer is not null;

    /// <summary>An op has been applied; its results may not be computed yet.</summary>
    public static void Applied(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => s_tracer?.Applied(op, x, y);

    /// <summary>Tensors are about to be written in place.</summary>
    public static void Written(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> targets) => s_tracer?.Written(op, x, targets);

    /// <summary>The program is about to read values.</summary>
    public static void Seen(Tensor x) => s_tracer?.Seen(x);

    /// <summary>What an op does to be computed is its own affair: nobody watches until the result is disposed of.</summary>
    public static Paused Pause()
    {
        var before = s_tracer;
        s_tracer = null;
        return new(before);
    }

    /// <summary>A time in which nobody watches.</summary>
    public readonly ref struct Paused(ITracer? before)
    {
        /// <summary>Goes on watching.</summary>
        public void Dispose() => s_tracer = before;
    }

    /// <summary>Runs something while this thread is watched.</summary>
    public static T Watch<T>(ITracer? tracer, Func<T> run)
    {
        var before = s_tracer;
        s_tracer = tracer;
        try { return run(); }
        finally { s_tracer = before; }
    }
}

/// <summary>Who watches.</summary>
internal interface ITracer
{
    void Applied(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y);

    void Written(Op op, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> targets);

    void Seen(Tensor x);
}
