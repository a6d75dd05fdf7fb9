using System.Globalization;
using System.Text;

namespace Candeia.Load;

/// <summary>A request of the Open Inference Protocol, as JSON and as bytes.</summary>
sealed class Body
{
    public const string HeaderLength = "Inference-Header-Content-Length";

    public Body(Served served, Tensor x)
    {
        string numbers = string.Join(",", x.ToArray<float>().Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        string input = $$"""{"name":"{{served.Input}}","shape":[{{string.Join(",", ((ReadOnlySpan<int>)x.Shape).ToArray())}}],"datatype":"FP32" """;
        Json = Encoding.UTF8.GetBytes($$"""{"inputs":[{{input}},"data":[{{numbers}}]}]}""");
        byte[] data = [];
        x.ReadBytes(bytes => data = bytes.ToArray());
        byte[] head = Encoding.UTF8.GetBytes($$$"""{"inputs":[{{{input}}},"parameters":{"binary_data_size":{{{data.Length}}}}}]}""");
        (Header, Bytes) = (head.Length, [.. head, .. data]);
    }

    public byte[] Json { get; }

    public byte[] Bytes { get; }

    /// <summary>How many of the bytes are JSON.</summary>
    public int Header { get; }
}
