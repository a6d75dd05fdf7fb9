using System.Diagnostics;

namespace Candeia.Serving;

/// <summary>A request that waits for its batch.</summary>
sealed class Waiting : IDisposable
{
    readonly TaskCompletionSource<IReadOnlyList<Tensor>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenRegistration _left;

    public Waiting(IReadOnlyList<Tensor> inputs, int rows, CancellationToken cancel)
    {
        (Inputs, Rows, Since) = (inputs, rows, Stopwatch.GetTimestamp());
        _left = cancel.Register(() => _answer.TrySetCanceled(cancel));
    }

    public IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>How many items it has.</summary>
    public int Rows { get; }

    /// <summary>When it came, by the clock of <see cref="Stopwatch"/>.</summary>
    public long Since { get; }

    public Task<IReadOnlyList<Tensor>> Answer => _answer.Task;

    /// <summary>Whether nobody waits any longer.</summary>
    public bool HasLeft => _answer.Task.IsCompleted;

    public void Give(IReadOnlyList<Tensor> outputs) => _answer.TrySetResult(outputs);

    public void Fail(Exception fault) => _answer.TrySetException(fault);

    /// <summary>Whether its items can lie beside those of another request: all sizes but the first are the same.</summary>
    public bool GoesWith(Waiting other)
    {
        for (int i = 0; i < Inputs.Count; i++)
            if (!((ReadOnlySpan<int>)Inputs[i].Shape)[1..].SequenceEqual(((ReadOnlySpan<int>)other.Inputs[i].Shape)[1..])) return false;
        return true;
    }

    public void Dispose() => _left.Dispose();
}
