using System.IO.Compression;
using System.Text;

namespace Candeia.Experiments;

/// <summary>How many bits a character of a text takes, for those who have seen another text before; what a language model is to be compared with.</summary>
static class Bits
{
    /// <summary>Where every character is as likely as any other.</summary>
    public static double Uniform(string train, string held) => Math.Log2(Math.Max(2, train.Concat(held).Distinct().Count()));

    /// <summary>Where it is known how often each character occurs.</summary>
    public static double Frequencies(string train, string held)
    {
        var counts = train.Concat(held.Distinct()).CountBy(c => c).ToDictionary();
        double all = counts.Values.Sum();
        return held.Average(c => -Math.Log2(counts[c] / all));
    }

    /// <summary>What a compressor adds for the text, after the other: Brotli, which finds what has occurred before.</summary>
    public static double Compressed(string train, string held) => 8.0 * Math.Max(1, Size(train + held) - Size(train)) / held.Length;

    static long Size(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text), to = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, to, out int written, quality: 9, window: 24) ? written : bytes.Length;
    }
}
