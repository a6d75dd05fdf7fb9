using System.Diagnostics;

namespace Candeia.Serving;

/// <summary>A request that waits for its batch.</summary>
sealed class Waiting : IDisposable
{
    readonly TaskCompletionSource<IReadOnlyList<Tensor>> _answer;
    readonly CancellationTokenRegistration _left;

    /// <param name="inputs">What is asked.</param>
    /// <param name="rows">How many items it has.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="isBrief">Whether what is done with the answer blocks no thread, so that others may wait for it.</param>
    public Waiting(IReadOnlyList<Tensor> inputs, int rows, CancellationToken cancel, bool isBrief = false)
    {
        (Inputs, Rows, Since, IsBrief) = (inputs, rows, Stopwatch.GetTimestamp(), isBrief);
        _answer = new(isBrief ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        _left = cancel.Register(() => _answer.TrySetCanceled(cancel));
    }

    public IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>How many items it has.</summary>
    public int Rows { get; }

    /// <summary>When it came, by the clock of <see cref="Stopwatch"/>.</summary>
    public long Since { get; }

    /// <summary>Whether what is done with the answer blocks no thread: <see cref="Delivery"/> gives several such answers one after the other.</summary>
    public bool IsBrief { get; }

    public Task<IReadOnlyList<Tensor>> Answer => _answer.Task;

    /// <summary>Whether nobody waits any longer.</summary>
    public bool HasLeft => _answer.Task.IsCompleted;

    public void Give(IReadOnlyList<Tensor> outputs) => _answer.TrySetResult(outputs);

    /// <summary>Ends the waiting without an answer; what the asker does then, the thread that computes does not wait for.</summary>
    public void Fail(Exception fault) => ThreadPool.UnsafeQueueUserWorkItem(static f => f.Of._answer.TrySetException(f.Fault), (Of: this, Fault: fault), preferLocal: false);

    /// <summary>Whether its items can lie beside those of another request: all sizes but the first are the same.</summary>
    public bool GoesWith(Waiting other)
    {
        for (int i = 0; i < Inputs.Count; i++)
            if (!((ReadOnlySpan<int>)Inputs[i].Shape)[1..].SequenceEqual(((ReadOnlySpan<int>)other.Inputs[i].Shape)[1..])) return false;
        return true;
    }

    public void Dispose() => _left.Dispose();
}
