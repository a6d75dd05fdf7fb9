using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Candeia.Serving;

namespace Candeia.Experiments;

/// <summary>The game against a network, on a page of its own, until it is stopped.</summary>
static class GameJob
{
    /// <summary>The network that a path names, or the one that guess-the-correlation has left where it usually does.</summary>
    /// <exception cref="UserException">There is none; the message says how one comes to be.</exception>
    public static string Network(string? path, string usual)
    {
        string at = path ?? usual, file = Directory.Exists(at) ? Path.Combine(at, "model.safetensors") : at;
        if (File.Exists(file)) return file;
        throw new UserException(path is null
            ? $"There is no network in '{usual}' to play against yet; 'guess-the-correlation --quick' teaches one within a minute, or name one with --model."
            : $"There is no network '{at}' to play against; name a folder or a model.safetensors of guess-the-correlation.");
    }

    /// <exception cref="UserException">The file holds no such network, or the port is taken.</exception>
    public static Task RunAsync(string file, int port, Action<string> started, CancellationToken cancel)
    {
        var rounds = new GameRounds(SavedNetwork.Load(file), BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)));
        return LocalPages.RunAsync(IPAddress.Loopback, port, _ => { }, routes =>
        {
            routes.MapPage("game", "Guess the correlation", typeof(GameJob));
            routes.MapJson("/round", http => rounds.Next(http.Request.Query["hard"] == "true"), GameJson.Default.GameRound);
            routes.MapJson("/reveal", http => int.TryParse(http.Request.Query["id"], out int id) ? rounds.Reveal(id) : null, GameJson.Default.GameReveal);
        }, started, cancel);
    }
}

/// <summary>What the page of the game reads.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GameRound))]
[JsonSerializable(typeof(GameReveal))]
sealed partial class GameJson : JsonSerializerContext;
