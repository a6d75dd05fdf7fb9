namespace Candeia;

/// <summary>How many threads the CPU kernels use. It changes the time a result takes, never its bits.</summary>
public static class Threads
{
    /// <summary>The environment variable that gives <see cref="Count"/> its first value.</summary>
    public const string Variable = "CANDEIA_THREADS";

    const int Most = 1024;
    static int s_count;

    /// <summary>Threads that take part in one operation, the caller's included: the processors of the machine unless <see cref="Variable"/> says otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1 or more than 1024.</exception>
    /// <exception cref="InvalidOperationException"><see cref="Variable"/> holds something else than such a number.</exception>
    public static int Count
    {
        get => s_count is var n and > 0 ? n : s_count = Parse(Environment.GetEnvironmentVariable(Variable));
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Most);
            s_count = value;
        }
    }

    /// <summary>
    /// Until the result is disposed, this thread computes alone: no other takes part. Good where the work is small, so that waking another thread takes longer than it saves, or where many
    /// threads compute something each. The bits of results are the same.
    /// </summary>
    /// <returns>What ends it, on the same thread.</returns>
    /// <example><code>
    /// using (Threads.Alone()) Console.WriteLine(Tensor.Ones([200, 200]).MatMul(Tensor.Ones([200, 200])).Sum().Item());      // → 8000000
    /// </code></example>
    public static Switched Alone() => Workers.Alone();

    internal static int Parse(string? text) => string.IsNullOrWhiteSpace(text) ? Environment.ProcessorCount
        : int.TryParse(text, out int n) && n is >= 1 and <= Most ? n
        : throw new InvalidOperationException($"{Variable} is '{text}'; set it to a whole number from 1 to {Most}, or not at all.");
}
