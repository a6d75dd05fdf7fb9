namespace Candeia;

public sealed partial class Node
{
    /// <summary>What few nodes have.</summary>
    sealed class Notes(string? line)
    {
        public Dictionary<int, Hooks> Hooks { get; } = [];

        public string? Line => line;
    }

    /// <summary>An input as it was when it was used. An edge lies in it in parts, so that there is no gap between them and the version.</summary>
    readonly struct Use(Edge edge, int version)
    {
        readonly object? _owner = edge.Owner;
        readonly int _output = edge.Output;

        public Edge Edge => new(_owner, _output);

        public int Version { get; } = version;
    }
}
