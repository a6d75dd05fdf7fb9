namespace Candeia;

/// <summary>A piece of work that can be split: item <c>i</c> may run on any thread.</summary>
internal interface IWork
{
    void Run(int item);
}

/// <summary>The threads that all kernels share.</summary>
internal static class Workers
{
    /// <summary>How many threads take part, the caller included.</summary>
    public static int Count { get; set; } = Environment.ProcessorCount;

    /// <summary>Runs items 0 … count − 1 and returns when all are done; the caller takes part.</summary>
    public static void Run<TWork>(int count, in TWork work) where TWork : IWork
    {
        TWork copy = work;
        if (Count == 1 || count <= 1) for (int i = 0; i < count; i++) copy.Run(i);
        else Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Count }, i => copy.Run(i));
    }

    /// <summary>The same for a closure, where an allocation does not matter.</summary>
    public static void Run(int count, Action<int> body) => Run(count, new Closure(body));

    readonly struct Closure(Action<int> body) : IWork
    {
        public void Run(int item) => body(item);
    }
}
