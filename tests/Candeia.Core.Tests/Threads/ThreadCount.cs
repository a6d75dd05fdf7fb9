namespace Candeia.Tests;

/// <summary>Sets the number of threads for as long as it lives. Tests that use it share a collection, so that they do not meet.</summary>
sealed class ThreadCount : IDisposable
{
    readonly int _before = Threads.Count;

    public ThreadCount(int count) => Threads.Count = count;

    public void Dispose() => Threads.Count = _before;
}

[CollectionDefinition(nameof(ThreadCount), DisableParallelization = true)]
public sealed class ThreadCountCollection;
