namespace Candeia;

/// <summary>Counts the multiply-adds of the ops that this thread applies, while that is asked for.</summary>
internal static class Work
{
    [ThreadStatic] static bool s_counts;
    [ThreadStatic] static long s_multiplyAdds;

    /// <summary>How many there were since counting began.</summary>
    public static long MultiplyAdds => s_multiplyAdds;

    /// <summary>Counts an op.</summary>
    public static void Add(Op op, ReadOnlySpan<Tensor> x, Shape y)
    {
        if (s_counts) s_multiplyAdds += op.MultiplyAdds(x, y);
    }

    /// <summary>Runs something while ops are counted.</summary>
    public static T Count<T>(Func<T> run)
    {
        var before = (s_counts, s_multiplyAdds);
        (s_counts, s_multiplyAdds) = (true, 0);
        try { return run(); }
        finally { (s_counts, s_multiplyAdds) = before; }
    }
}
