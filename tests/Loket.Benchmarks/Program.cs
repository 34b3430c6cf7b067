Console.WriteLine("Loket");
