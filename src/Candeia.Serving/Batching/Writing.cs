using System.Runtime.CompilerServices;

namespace Candeia.Serving;

/// <summary>Texts that a model goes on with: as many at once as there are threads, the others wait, and more than may wait are refused.</summary>
sealed class Writing(string model, int queue, ServingMeters meters) : IDisposable
{
    readonly SemaphoreSlim _places = new(Threads.Count);
    int _waiting;

    /// <summary>The pieces of a text, as they are made.</summary>
    /// <param name="question">What goes on with it.</param>
    /// <param name="beginning">Where it begins, and how it goes on.</param>
    /// <param name="cancellation">Makes no more.</param>
    /// <exception cref="QueueFullException">Too many are waiting.</exception>
    /// <exception cref="RefusedException">The beginning is none.</exception>
    public async IAsyncEnumerable<string> GoOnAsync(TextQuestion question, TextBeginning beginning, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > queue + Threads.Count)
        {
            Interlocked.Decrement(ref _waiting);
            throw new QueueFullException(model, queue);
        }
        bool isIn = false;
        meters.Came();
        try
        {
            await _places.WaitAsync(cancellation).ConfigureAwait(false);
            isIn = true;
            using var pieces = Begin(question, beginning);
            while (await Task.Run(pieces.MoveNext, cancellation).ConfigureAwait(false)) yield return pieces.Current;
        }
        finally
        {
            if (isIn) _places.Release();
            Interlocked.Decrement(ref _waiting);
            meters.Went();
        }
    }

    static IEnumerator<string> Begin(TextQuestion question, TextBeginning beginning)
    {
        try
        {
            return question.GoOn(beginning).GetEnumerator();
        }
        catch (FormatException fault)
        {
            throw RefusedException.Malformed(fault.Message, fault);
        }
    }

    public void Dispose() => _places.Dispose();
}
