namespace Candeia.NN;

/// <summary>A state dict that does not fit the module or optimizer that was to load it.</summary>
public sealed class StateDictException(string message) : Exception(message)
{
    internal static StateDictException For(string type, StateDictDifference difference, IEnumerable<string> wrong)
    {
        List<string> lines = [$"The state does not fit {type}:"];
        if (difference.Missing is { Length: > 0 } missing) lines.Add($"missing: {string.Join(", ", missing)}");
        if (difference.Unexpected is { Length: > 0 } unexpected) lines.Add($"unexpected: {string.Join(", ", unexpected)}");
        lines.AddRange(wrong);
        return new(string.Join("\n  ", lines));
    }
}
