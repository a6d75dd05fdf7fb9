using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Candeia.Experiments;

/// <summary>A piece of program that a trial runs, and how it reads: what the compiler has compiled is what reports show. Equal are those that read alike.</summary>
/// <param name="Run">What it does.</param>
/// <param name="Text">The expression, without its parameters.</param>
sealed record Code<T>(T Run, string Text) where T : Delegate
{
    public bool Equals(Code<T>? other) => Text == other?.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;
}

/// <summary>Makes pieces of program.</summary>
static partial class Code
{
    /// <summary>That of a lambda; its text is what stands in the source.</summary>
    public static Code<T> Of<T>(T run, [CallerArgumentExpression(nameof(run))] string text = "") where T : Delegate =>
        new(run, Blanks().Replace(text[(text.IndexOf("=>", StringComparison.Ordinal) + 2)..], " ").Trim());

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

/// <summary>Writes how it reads; what is read can be compared, not run.</summary>
sealed class CodeJson<T> : JsonConverter<Code<T>> where T : Delegate
{
    public override Code<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(null!, reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Code<T> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
