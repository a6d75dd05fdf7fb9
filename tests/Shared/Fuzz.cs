using System.Globalization;

namespace Candeia.Tests;

/// <summary>
/// Valid files, damaged in as many ways as the environment variable CANDEIA_FUZZ says, by default in 3 000; <c>2000000-3000000</c> names a range of them. Each damage
/// follows from its number, so that what has failed once can be kept and tried again.
/// </summary>
static class Fuzz
{
    /// <summary>Shows damaged copies of files to a check.</summary>
    /// <param name="valid">The files.</param>
    /// <param name="words">Bytes that mean something in the format.</param>
    /// <param name="check">Throws where something is wrong.</param>
    /// <param name="kept">Numbers of damages that once did harm.</param>
    public static void Run(byte[][] valid, byte[][] words, Action<byte[]> check, params long[] kept)
    {
        long[] range = [.. (Environment.GetEnvironmentVariable("CANDEIA_FUZZ") ?? "3000").Split('-').Select(n => long.Parse(n, CultureInfo.InvariantCulture))];
        foreach (long number in kept) Try(number);
        for (long number = range.Length > 1 ? range[0] : 0; number < range[^1]; number++) Try(number);

        void Try(long number)
        {
            byte[] file = Damaged(valid, words, number);
            try
            {
                check(file);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Damage {number} of {file.Length} bytes: {e.GetType().Name}: {e.Message}", e);
            }
        }
    }

    static byte[] Damaged(byte[][] valid, byte[][] words, long number)
    {
        var random = new Random(unchecked((int)(number * 2654435761)));
        List<byte> file = [.. valid[number % valid.Length]];
        for (int steps = random.Next(1, 5); steps > 0; steps--)
        {
            int at = random.Next(file.Count + 1);
            switch (random.Next(7))
            {
                case 0 when at < file.Count: file[at] = (byte)random.Next(256); break;
                case 1 when at < file.Count: file[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: file.RemoveRange(at, Math.Min(random.Next(16), file.Count - at)); break;
                case 3: file.Insert(at, (byte)random.Next(256)); break;
                case 4: file.InsertRange(at, file.GetRange(random.Next(file.Count + 1) is var from && from < file.Count ? from : 0, Math.Min(random.Next(32), file.Count - (from < file.Count ? from : 0)))); break;
                case 5 when at < file.Count:
                    byte[] number64 = BitConverter.GetBytes(random.Next(4) switch { 0 => long.MaxValue, 1 => -1L, 2 => 1L << random.Next(63), _ => random.NextInt64() });
                    for (int i = 0, length = 1 << random.Next(4); i < length && at + i < file.Count; i++) file[at + i] = number64[i];
                    break;
                default:
                    byte[] word = words.Length > 0 ? words[random.Next(words.Length)] : [(byte)random.Next(256)];
                    if (random.Next(2) == 0) file.InsertRange(at, word);
                    else for (int i = 0; i < word.Length && at + i < file.Count; i++) file[at + i] = word[i];
                    break;
            }
        }
        return [.. file];
    }
}
