namespace Candeia.Serving;

/// <summary>How much of a server requests may take.</summary>
/// <remarks>Set by <c>services.Configure&lt;ServingOptions&gt;(o => o.MostRequestBytes = 4 &lt;&lt; 20)</c>.</remarks>
public sealed class ServingOptions
{
    /// <summary>How many bytes a request has at most, 32 MiB unless it is said; a longer one is refused with 413.</summary>
    public int MostRequestBytes { get; set; } = 32 << 20;

    /// <summary>How many bytes of requests are held at most at the same time, 256 MiB unless it is said; what would need more is refused with 429.</summary>
    public long MostHeldBytes { get; set; } = 256L << 20;

    /// <summary>How many tokens a language model adds to a text at most, 4096 unless it is said; who asks for more is refused with 400.</summary>
    public int MostTokens { get; set; } = 4096;
}
