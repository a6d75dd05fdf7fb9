Console.WriteLine("candeia");
