using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Tests;

/// <summary>
/// Properties, tried on what is drawn. What is drawn is the same each time, so that a test that passed passes again; the environment variable CANDEIA_FUZZ draws so
/// many afresh, and a failure then names the seeds that found it.
/// </summary>
static class Tries
{
    /// <summary>Throws where a property does not hold.</summary>
    public static void Try(this Property property, int times = 100)
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(times);
        property.Check(Environment.GetEnvironmentVariable("CANDEIA_FUZZ") is { } more
            ? config.WithMaxTest(int.Parse(more.Split('-')[^1], CultureInfo.InvariantCulture))
            : config.WithReplay(new Replay(new Rnd(20_26, 11), null)));
    }
}
