using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>How the experiments are written as JSON; a diverged loss is "NaN".</summary>
[JsonSerializable(typeof(Trial))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(List<Answer>))]
sealed partial class WhatIfJson : JsonSerializerContext
{
    public static WhatIfJson Plain { get; } = new(new JsonSerializerOptions(Json.Rules)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter<Problem>(JsonNamingPolicy.KebabCaseLower) },
    });
}
