using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Candeia.Serving;

/// <summary>Models among the services of an application.</summary>
public static class CandeiaServices
{
    /// <summary>
    /// Adds a model: a <see cref="Predictor"/> under its name, which any part of the application may ask for, and which <see cref="CandeiaEndpoints.MapCandeia"/>
    /// offers to others. It is loaded and warmed up while the application starts; if it cannot be, the application stops.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="name">What programs call the model: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="load">Makes the model, once.</param>
    /// <param name="batching">How requests are put together.</param>
    /// <returns>The services, for more.</returns>
    /// <exception cref="ArgumentException">The name has other signs, or there is a model of this name already.</exception>
    /// <example><code norun="it starts a server">
    /// using Microsoft.AspNetCore.Builder;
    ///
    /// var builder = WebApplication.CreateBuilder();
    /// builder.Services.AddCandeiaModel("iris", () => new ServedLayer(new Linear(4, 3), ModelValue.Of("x", [4]), ModelValue.Of("scores", [3])));
    /// var app = builder.Build();
    /// app.MapCandeia();
    /// app.Run();
    /// </code></example>
    public static IServiceCollection AddCandeiaModel(this IServiceCollection services, string name, Func<IServedModel> load, BatchingOptions? batching = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(load);
        if (name.Length > 64 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new ArgumentException($"'{name}' is no name for a model: take at most 64 letters, digits, '-', '_' and '.'.", nameof(name));
        if (services.Any(s => s.ImplementationInstance is ServedName n && n.Name == name)) throw new ArgumentException($"There is a model '{name}' already; take another name.", nameof(name));
        services.AddOptions<ServingOptions>();
        services.AddMetrics();
        if (!services.Any(s => s.ServiceType == typeof(ServedModels)))
        {
            services.AddSingleton(s => s.GetRequiredService<IMeterFactory>().Create(ServingMeters.Name));
            services.AddSingleton<Prometheus>();
            services.AddSingleton<ServedModels>();
            services.AddHostedService(s => s.GetRequiredService<ServedModels>());
        }
        services.AddSingleton(new ServedName(name));
        services.AddKeyedSingleton(name, (s, _) =>
        {
            s.GetRequiredService<Prometheus>();                            // it counts from the first request on
            return new Predictor(load(), batching, name, s.GetRequiredService<Meter>());
        });
        return services;
    }
}
