using System.Diagnostics;
using System.Globalization;

namespace Candeia.Distributed;

/// <summary>
/// Ends all ranks when one of them does not come: whoever waits longer than <paramref name="patience"/> tells the others so, and who has not told then
/// is named.
/// </summary>
/// <param name="ranks">The ranks.</param>
/// <param name="patience">How long a wait may last.</param>
internal sealed class Watchdog(ICommunicator ranks, TimeSpan patience) : IDisposable
{
    /// <summary>The exit code of a job that ended because a rank was missing: what starts jobs may start it again (EX_TEMPFAIL).</summary>
    public const int ExitCode = 75;

    static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200), s_roll = TimeSpan.FromSeconds(2);
    readonly ManualResetEventSlim _end = new();
    Waiting? _waiting;
    TimeSpan _allowed;
    Thread? _thread;

    /// <summary>Where the run is, for the sentence.</summary>
    public Func<string> Where { get; set; } = () => "";

    /// <summary>Lets the next wait last longer: one of the others has something to do before.</summary>
    public void Allow(TimeSpan longer) => _allowed += longer;

    /// <summary>Does something for which the others are needed.</summary>
    /// <param name="what">What is waited for: <c>the gradients</c>.</param>
    /// <param name="action">Does it.</param>
    /// <param name="atLeast">How long it may last at least.</param>
    public void While(string what, Action action, TimeSpan atLeast = default)
    {
        if (ranks.Size == 1 || patience == Timeout.InfiniteTimeSpan)
        {
            action();
            return;
        }
        if (_thread is null) (_thread = new(Watch) { IsBackground = true, Name = "watchdog" }).Start();
        var outer = _waiting;
        Volatile.Write(ref _waiting, new(what, Stopwatch.GetTimestamp(), (atLeast > patience ? atLeast : patience) + _allowed));
        _allowed = TimeSpan.Zero;
        try
        {
            action();
        }
        finally
        {
            Volatile.Write(ref _waiting, outer);
        }
    }

    public void Dispose()
    {
        _end.Set();
        _thread?.Join();
        _end.Dispose();
    }

    void Watch()
    {
        long? told = null;
        while (!_end.Wait(s_tick))
        {
            if (Volatile.Read(ref _waiting) is not { } waiting) continue;
            bool isLate = Stopwatch.GetElapsedTime(waiting.Since) > waiting.Patience;
            if (told is null && (isLate || ranks.Silent().Count < ranks.Size - 1))           // somebody else has told already
            {
                ranks.TellWaiting();
                told = Stopwatch.GetTimestamp();
            }
            if (!isLate || Stopwatch.GetElapsedTime(told!.Value) < s_roll) continue;
            ranks.Abort(ExitCode, Sentence(waiting, ranks.Silent()));
            return;
        }
    }

    string Sentence(Waiting waiting, IReadOnlyList<int> missing)
    {
        string who = missing.Count == 0 ? "the others, of which none says that it waits" : missing.Count == 1 ? $"rank {missing[0]}" : $"the ranks {string.Join(", ", missing)}";
        return string.Create(CultureInfo.InvariantCulture,
            $"Rank {ranks.Rank} of {ranks.Size}{Where()} has waited {Stopwatch.GetElapsedTime(waiting.Since).TotalSeconds:F0} s for {waiting.What} of {who}, " +
            $"which hangs, is gone, or cannot be reached; the job ends. If ranks need longer, say so: new DataParallel {{ Patience = … }}.");
    }

    sealed record Waiting(string What, long Since, TimeSpan Patience);
}
