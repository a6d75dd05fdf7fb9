using System.Reflection;
using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>What a result was made with.</summary>
sealed record Versions(string Candeia, string Dotnet)
{
    /// <summary>Candeia's, without the commit.</summary>
    [JsonIgnore]
    public string Number => Candeia.Split('+')[0];

    /// <summary>Those of this process.</summary>
    public static Versions Here() => new(
        Short(typeof(Versions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion),
        Environment.Version.ToString());

    // 0.1.0+3ff0b4f: of the commit, what tells it apart.
    static string Short(string version) => version.Split('+') is [var number, { Length: > 7 } commit] ? $"{number}+{commit[..7]}" : version;
}
